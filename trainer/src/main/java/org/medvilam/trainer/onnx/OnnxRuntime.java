package org.medvilam.trainer.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The library, loaded once. */
public final class OnnxRuntime {
  /** What the library may take of the stack while it looks at the process it is in. */
  private static final long STACK = 256L << 20;

  private static @Nullable OrtEnvironment environment;
  private static @Nullable String failure;

  private OnnxRuntime() {}

  /**
   * Loads the library where that has not been done.
   *
   * @throws IllegalStateException if it does not load on this machine
   */
  public static void load() {
    environment();
  }

  /** Returns whether the library is the one for CUDA (profile cuda12) and finds a device. */
  public static boolean hasCuda() {
    environment();
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      return false;
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.addCUDA();
      return true;
    } catch (OrtException e) {
      return false;
    }
  }

  /**
   * Release 1.29 matches a pattern against a text of the process whose length grows with the class
   * path, a few hundred bytes of stack for each character: beyond a thread's usual megabyte.
   */
  static synchronized OrtEnvironment environment() {
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    if (environment == null) {
      try {
        environment = onItsOwnStack();
      } catch (CompletionException e) {
        failure = "ONNX Runtime does not load here: " + reason(e);
        throw new IllegalStateException(failure, e);
      }
    }
    return environment;
  }

  private static Throwable reason(Throwable e) {
    return e.getCause() == null ? e : reason(e.getCause());
  }

  private static OrtEnvironment onItsOwnStack() {
    CompletableFuture<OrtEnvironment> made = new CompletableFuture<>();
    Runnable making =
        () -> {
          try {
            made.complete(OrtEnvironment.getEnvironment());
          } catch (LinkageError | RuntimeException e) {
            made.completeExceptionally(e);
          }
        };
    new Thread(null, making, "onnxruntime", STACK).start();
    return made.join();
  }
}

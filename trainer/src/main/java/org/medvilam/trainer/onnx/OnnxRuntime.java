package org.medvilam.trainer.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The library, loaded once. */
public final class OnnxRuntime {
  /** What the library may take of the stack while it looks at the process it is in. */
  private static final long STACK = 256L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);

  private static @Nullable OrtEnvironment environment;
  private static @Nullable String failure;

  /** Empty where there is a device; unknown before it is asked for. */
  private static @Nullable String problem;

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
    return problemWithCuda().isEmpty();
  }

  /** Says why graphs are not computed on a CUDA device, where they are not. */
  public static synchronized Optional<String> problemWithCuda() {
    if (problem == null) {
      problem = findProblem();
    }
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }

  private static String findProblem() {
    environment();
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      return "ONNX Runtime's library is the one for the CPU; -Dcuda12 builds with CUDA";
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.addCUDA();
      return "";
    } catch (OrtException e) {
      LOG.warn("ONNX Runtime finds no CUDA device and computes on the CPU: {}", e.getMessage());
      return "ONNX Runtime finds no CUDA device: " + e.getMessage();
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

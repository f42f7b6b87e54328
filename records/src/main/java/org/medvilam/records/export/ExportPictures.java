package org.medvilam.records.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.UnsafePathException;

/**
 * The pictures of an export: where they were, or below {@code images/}, each dataset's in a folder
 * of its name, those that the toolkit drew in {@code derived}.
 *
 * <p>Copies are listed in {@value #LIST}, in the form of {@code sha256sum}. Files are never
 * converted.
 */
final class ExportPictures {
  static final String LIST = "images.sha256";
  private static final String DERIVED = "derived";

  private final PictureMode mode;
  private final RunFolder run;
  private final Function<String, Store> roots;
  private final Store output;
  private @Nullable ExportFile list;

  ExportPictures(PictureMode mode, RunFolder run, Function<String, Store> roots, Store output) {
    this.mode = mode;
    this.run = run;
    this.roots = roots;
    this.output = output;
  }

  /** Returns the path that an export states of a picture, relative to the export or to its root. */
  String path(InstructionRecord instruction) {
    Media media = instruction.media();
    if (mode == PictureMode.REFERENCE) {
      return media.uri();
    }
    return RunFolder.IMAGES + "/" + folder(instruction) + "/" + name(media);
  }

  private static boolean derived(Media media) {
    return Boolean.TRUE.equals(media.derived());
  }

  private static String folder(InstructionRecord instruction) {
    return derived(instruction.media()) ? DERIVED : instruction.dataset();
  }

  private static String name(Media media) {
    String prefix = RunFolder.IMAGES + "/";
    boolean cut = derived(media) && media.uri().startsWith(prefix);
    return cut ? media.uri().substring(prefix.length()) : media.uri();
  }

  /** Copies or links a picture if asked to; returns why that cannot be done, or null. */
  @Nullable Problem provide(InstructionRecord instruction) throws IOException {
    if (mode == PictureMode.REFERENCE) {
      return null;
    }
    Media media = instruction.media();
    Store from = derived(media) ? run.store() : roots.apply(instruction.dataset());
    Store to = output.below(RunFolder.IMAGES + "/" + folder(instruction));
    byte[] data;
    try {
      if (to.exists(name(media))) {
        return null;
      }
      if (!from.exists(media.uri())) {
        return new Problem(
            "missing-picture", "expected the picture " + media.uri() + ", found none");
      }
      data = mode == PictureMode.COPY ? from.readAll(media.uri()) : new byte[0];
    } catch (UnsafePathException e) {
      return new Problem("unsafe-path", e.getMessage());
    } catch (IOException e) {
      return new Problem("unreadable-picture", "%s: %s".formatted(media.uri(), e));
    }
    if (mode == PictureMode.COPY) {
      copy(data, path(instruction));
    } else {
      link(from, media.uri(), to, name(media));
    }
    return null;
  }

  private void copy(byte[] data, String path) throws IOException {
    ExportFile file = new ExportFile(output, path);
    file.stream().write(data);
    Manifest.FileEntry entry = file.finish(1);
    if (list == null) {
      list = new ExportFile(output, LIST);
    }
    list.line(entry.sha256() + "  " + path);
  }

  private static void link(Store from, String uri, Store to, String name) throws IOException {
    if (!(from instanceof LocalStore source) || !(to instanceof LocalStore target)) {
      throw new IOException("links need a local disk; copy instead");
    }
    Path link = target.resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, source.resolve(uri));
  }

  /** Finishes the list of copies; empty where nothing was copied. */
  Optional<Manifest.FileEntry> finish() throws IOException {
    return list == null ? Optional.empty() : Optional.of(list.finish());
  }
}

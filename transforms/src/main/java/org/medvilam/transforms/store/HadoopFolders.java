package org.medvilam.transforms.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.io.hdfs.HadoopFileSystemOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;
import org.medvilam.records.store.StoreUnavailableException;

/**
 * Folders of HDFS, through Hadoop's client.
 *
 * <p>Beam's {@code match} reads names as globs and holds all results, its {@code delete} takes one
 * empty folder at a time, and its {@code rename} onto an existing file deletes that file first, so
 * that for a moment there is none.
 */
final class HadoopFolders implements Folders {
  private final FileSystem files;
  private final FileContext context;

  HadoopFolders(StorePlace any, PipelineOptions options) throws IOException {
    // Options hold what was configured alone, without Hadoop's defaults.
    Configuration configuration = new Configuration();
    options
        .as(HadoopFileSystemOptions.class)
        .getHdfsConfiguration()
        .get(0)
        .forEach(e -> configuration.set(e.getKey(), e.getValue()));
    files = FileSystem.get(any.uri(), configuration);
    context = FileContext.getFileContext(any.uri(), configuration);
  }

  private static Path path(StorePlace place) {
    return new Path(place.uri());
  }

  @Override
  public boolean isFile(StorePlace place) {
    return status(place).filter(FileStatus::isFile).isPresent();
  }

  @Override
  public boolean isFolder(StorePlace place) {
    return status(place).filter(FileStatus::isDirectory).isPresent();
  }

  private Optional<FileStatus> status(StorePlace place) {
    return asked(
        place,
        () -> {
          try {
            return Optional.of(files.getFileStatus(path(place)));
          } catch (FileNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /** Something to ask the NameNode. */
  private interface Question<T> {
    T ask() throws IOException;
  }

  private static <T> T asked(StorePlace place, Question<T> question) {
    try {
      return question.ask();
    } catch (IOException e) {
      throw new StoreUnavailableException(place.toString(), e);
    }
  }

  @Override
  public void visit(StorePlace folder, Store.Visitor visitor) throws IOException {
    if (!isFolder(folder)) {
      return;
    }
    RemoteIterator<FileStatus> children =
        asked(folder, () -> files.listStatusIterator(path(folder)));
    while (asked(folder, children::hasNext)) {
      FileStatus child = asked(folder, children::next);
      boolean deeper = child.isDirectory();
      visitor.entry(new StoreEntry(child.getPath().getName(), deeper, deeper ? 0 : child.getLen()));
    }
  }

  @Override
  public void deleteFolder(StorePlace folder) throws IOException {
    files.delete(path(folder), true);
  }

  @Override
  public void move(StorePlace from, StorePlace to) throws IOException {
    files.mkdirs(path(to).getParent());
    context.rename(path(from), path(to), Options.Rename.OVERWRITE);
  }

  @Override
  public boolean seenWhileWritten() {
    return true;
  }
}

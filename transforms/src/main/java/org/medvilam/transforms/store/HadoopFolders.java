package org.medvilam.transforms.store;

import java.io.FileNotFoundException;
import java.io.IOException;
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
  public boolean isFile(StorePlace place) throws IOException {
    try {
      return files.getFileStatus(path(place)).isFile();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  @Override
  public boolean isFolder(StorePlace place) throws IOException {
    try {
      return files.getFileStatus(path(place)).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  @Override
  public void visit(StorePlace folder, Store.Visitor visitor) throws IOException {
    if (!isFolder(folder)) {
      return;
    }
    RemoteIterator<FileStatus> children = files.listStatusIterator(path(folder));
    while (children.hasNext()) {
      FileStatus child = children.next();
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

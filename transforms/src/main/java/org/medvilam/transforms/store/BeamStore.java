package org.medvilam.transforms.store;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreUnavailableException;

/**
 * A tree in {@code gs://}, {@code s3://} or {@code hdfs://}.
 *
 * <p>Bytes go through Beam's filesystems; the runner registers them on its workers, and {@link
 * #register} in the process that starts the pipeline. Listing, and what else needs folders, goes
 * through each storage's own client, because Beam's filesystems have none: {@code
 * google-cloud-storage} for {@code gs://}, Amazon's for {@code s3://}, Hadoop's for {@code
 * hdfs://}.
 *
 * <p>In {@code gs://} and {@code s3://} an object appears when it is closed, whole; one whose
 * upload broke never does. A folder is there as long as something is in it. Moving copies within
 * the storage and deletes; the moment between shows both, never a part of one. In {@code hdfs://} a
 * file is seen while it is written, and moving is one step.
 */
public final class BeamStore implements Store {
  private static final long serialVersionUID = 1L;

  /** By bucket and flags: clients hold connections, and cannot travel to workers. */
  private static final Map<List<String>, Folders> CLIENTS = new ConcurrentHashMap<>();

  private final StorePlace root;
  private final List<String> flags;

  private BeamStore(StorePlace root, List<String> flags) {
    this.root = root;
    this.flags = flags;
  }

  /** The schemes of the URIs of such trees. */
  public static final List<String> SCHEMES = List.of(StorePlace.GS, StorePlace.S3, StorePlace.HDFS);

  /**
   * Returns the tree below a folder, which need not be there yet.
   *
   * @param uri where, e.g. {@code gs://bucket/folder}
   * @param flags Beam's flags, as {@link StoreFlags#complete} returns them; the pipeline must have
   *     them too
   * @throws IllegalArgumentException if the URI cannot be used; what is secret in it is not
   *     repeated
   */
  public static BeamStore of(String uri, List<String> flags) {
    StorePlace place = StorePlace.parse(uri);
    if (!SCHEMES.contains(place.scheme())) {
      throw new IllegalArgumentException(
          "expected a path, or one of %s, found %s://".formatted(schemes(), place.scheme()));
    }
    return new BeamStore(place, List.copyOf(flags));
  }

  private static String schemes() {
    return String.join(", ", SCHEMES.stream().map(s -> s + "://").toList());
  }

  /** Makes Beam's filesystems known in this process, before there is a pipeline. */
  public void register() {
    FileSystems.setDefaultPipelineOptions(StoreFlags.options(flags));
  }

  private Folders folders() throws IOException {
    List<String> key = List.of(root.scheme(), root.authority(), String.join("\n", flags));
    Folders known = CLIENTS.get(key);
    if (known == null) {
      known = connect();
      CLIENTS.put(key, known);
    }
    return known;
  }

  private Folders connect() throws IOException {
    return switch (root.scheme()) {
      case StorePlace.GS ->
          new BucketFolders(new GcsBucket(root.authority(), StoreFlags.options(flags)));
      case StorePlace.S3 ->
          new BucketFolders(new S3Bucket(root.authority(), StoreFlags.options(flags)));
      default -> new HadoopFolders(root, StoreFlags.options(flags));
    };
  }

  private static ResourceId resource(StorePlace place) throws IOException {
    if (place.key().isEmpty()) {
      throw new FileNotFoundException("expected a file, found the top of " + place);
    }
    if (place.isTooLong()) {
      throw new FileNotFoundException("expected a shorter name: " + place);
    }
    return FileSystems.matchNewResource(place.spec(), false);
  }

  @Override
  public String uri() {
    return root.toString();
  }

  @Override
  public boolean exists(String path) throws IOException {
    StorePlace place = root.resolve(path);
    return !place.isTooLong() && (folders().isFile(place) || folders().isFolder(place));
  }

  @Override
  public boolean isFolder(String path) throws IOException {
    return folders().isFolder(root.resolve(path));
  }

  @Override
  public void visit(String folder, Visitor visitor) throws IOException {
    folders().visit(root.resolve(folder), visitor);
  }

  @Override
  public InputStream read(String path) throws IOException {
    return open(path);
  }

  private ChannelInput open(String path) throws IOException {
    StorePlace place = root.resolve(path);
    return new ChannelInput(
        place.toString(), () -> (SeekableByteChannel) FileSystems.open(resource(place)));
  }

  @Override
  public byte[] readAll(String path) throws IOException {
    try (ChannelInput in = open(path)) {
      if (in.size() > MAX_WHOLE_FILE) {
        throw new IOException(
            "expected at most %d bytes in %s, found %d".formatted(MAX_WHOLE_FILE, path, in.size()));
      }
      byte[] data = new byte[(int) in.size()];
      int read = in.readNBytes(data, 0, data.length);
      if (read < data.length) {
        throw new StoreUnavailableException(
            root.resolve(path).toString(),
            new EOFException("%d of %d bytes".formatted(read, data.length)));
      }
      return data;
    }
  }

  @Override
  public OutputStream write(String path) throws IOException {
    StorePlace place = root.resolve(path);
    return new ChannelOutput(
        place.toString(),
        folders().seenWhileWritten(),
        () -> FileSystems.create(resource(place), MimeTypes.BINARY));
  }

  @Override
  public void move(String from, String to) throws IOException {
    folders().move(root.resolve(from), root.resolve(to));
  }

  @Override
  public void delete(String path) throws IOException {
    StorePlace place = root.resolve(path);
    if (folders().isFile(place)) {
      FileSystems.delete(List.of(resource(place)));
    }
    if (folders().isFolder(place)) {
      folders().deleteFolder(place);
    }
  }

  @Override
  public Store below(String folder) {
    return new BeamStore(root.resolve(folder), flags);
  }
}

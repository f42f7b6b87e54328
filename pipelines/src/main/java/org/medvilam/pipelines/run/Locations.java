package org.medvilam.pipelines.run;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;
import org.medvilam.transforms.store.BeamStore;
import org.medvilam.transforms.store.StoreFlags;

/**
 * Turns places that users name into trees: a path into one on the local disk, a URI into one in
 * remote storage.
 */
public final class Locations {

  /** A letter alone before the colon is a drive of Windows. */
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*", Pattern.DOTALL);

  private final List<String> flags;
  private boolean remote;

  private Locations(List<String> flags) {
    this.flags = List.copyOf(flags);
  }

  /** Returns those that need no flags of Beam. */
  public static Locations standard() {
    return new Locations(List.of());
  }

  /**
   * Returns those with Beam's own flags for remote storage, e.g. {@code --gcsEndpoint}.
   *
   * @throws UsageException if a flag holds a secret
   */
  public static Locations of(List<String> beamFlags) {
    try {
      StoreFlags.refuseSecrets(beamFlags);
    } catch (IllegalArgumentException e) {
      throw new UsageException("flags after --: " + e.getMessage());
    }
    return new Locations(beamFlags);
  }

  /**
   * Returns the tree of a place.
   *
   * @param option the option that named it, for the message
   * @throws UsageException if it cannot be used
   */
  public Store store(String option, String place) {
    try {
      if (!isRemote(place)) {
        return LocalStore.of(Path.of(place));
      }
      BeamStore store = BeamStore.of(place, StoreFlags.complete(flags));
      register(store);
      remote = true;
      return store;
    } catch (InvalidPathException e) {
      throw new UsageException(option + ": expected a path, found " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  private static void register(BeamStore store) {
    try {
      store.register();
    } catch (IllegalArgumentException e) {
      throw new UsageException("Beam does not take the flags after --: " + e.getMessage());
    }
  }

  /**
   * Returns Beam's flags for a pipeline over the trees made so far: as they were given, and what
   * remote storage needs beside them.
   */
  public List<String> beamFlags() {
    return remote ? StoreFlags.complete(flags) : flags;
  }

  /** Tells whether a tree made so far is in remote storage. */
  public boolean haveRemote() {
    return remote;
  }

  /** Tells whether a place is in remote storage. */
  public static boolean isRemote(String place) {
    return URI.matcher(place).matches();
  }

  /** Returns a place below another one, as messages show it. */
  public static String below(String place, String path) {
    return isRemote(place)
        ? place.replaceFirst("/+$", "") + "/" + path
        : Path.of(place).resolve(path).toString();
  }

  /** Returns the last name of a place. */
  public static String name(String place) {
    String[] names = place.replaceFirst("[/\\\\]+$", "").split("[/\\\\]", -1);
    return names[names.length - 1];
  }
}

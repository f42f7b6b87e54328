package org.medvilam.fewshot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.DatasetInfo.HeldOut;
import org.medvilam.fewshot.picture.HashKey;
import org.medvilam.fewshot.picture.PictureMatch;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;

/**
 * The groups that must not be trained on, over all datasets of a subset.
 *
 * <p>Groups and keys of overlap pools are the nodes of a graph; a record joins its group with its
 * keys, and a picture that is the same as a held-out one joins its group with the held-out part. A
 * record may be trained on only if nothing that its group is connected with is held out. Memory
 * holds about 100 bytes per group or key, whatever the number of records.
 */
final class HeldOutGroups {
  private static final double CARVED = 0.2;

  /** A picture of a group that is the same as a held-out one. */
  private record Link(String picture, PictureMatch match) {}

  private final OverlapRegister register;
  private final Map<String, List<OverlapPool>> pools = new HashMap<>();
  private final Map<HashKey, Integer> nodes = new HashMap<>();
  private final List<String> places = new ArrayList<>(List.of(""));
  private final Map<Integer, Link> links = new HashMap<>();
  private final SortedMap<String, Long> withoutKey = new TreeMap<>();

  /** The next node on the way to the one that stands for all it is connected with. */
  private int[] next = new int[1024];

  /** Number of the place where a node itself is held out, 0 for nowhere. */
  private short[] direct = new short[1024];

  /** The same of anything connected, valid where a node stands for all. */
  private short[] connected = new short[1024];

  /** Parts in which a group was seen, a bit each. */
  private byte[] seen = new byte[1024];

  HeldOutGroups(OverlapRegister register) {
    this.register = register;
  }

  /**
   * Returns the part of a few-shot subset that a record belongs to.
   *
   * <p>Where the owners withhold the test labels, a fifth of the groups of train and validation
   * become the test part, by hash of {@code carve|dataset|group}. Where the paper scores the
   * validation part, that becomes the test part.
   */
  static @Nullable Split part(InstructionRecord r) {
    HeldOut heldOut = Catalogue.find(r.dataset()).map(d -> d.info().heldOut()).orElse(HeldOut.TEST);
    if (heldOut == HeldOut.VALIDATION && r.split() == Split.VALIDATION) {
      return Split.TEST;
    }
    if (heldOut == HeldOut.CARVED && r.split() != Split.TEST) {
      double at = Hashing.fraction("carve|" + r.dataset() + "|" + r.group());
      return at < CARVED ? Split.TEST : r.split();
    }
    return r.split();
  }

  /**
   * Adds a record, whatever its task.
   *
   * @return whether its group was not seen in this part before
   */
  boolean add(InstructionRecord r, @Nullable Split part) {
    int group = node(groupKey(r));
    short place = part == Split.TEST || part == Split.VALIDATION ? place(r, part) : 0;
    hold(group, place);
    for (OverlapPool pool : pools(r)) {
      Optional<String> key = key(pool, r);
      if (key.isPresent()) {
        int node = node(poolKey(pool, key.get()));
        hold(node, place);
        join(group, node);
      } else if (joins(pool, r)) {
        withoutKey.merge(pool.name() + "\n" + r.dataset(), 1L, Long::sum);
      }
    }
    byte bit = bit(part);
    boolean first = (seen[group] & bit) == 0;
    seen[group] |= bit;
    return first;
  }

  private static byte bit(@Nullable Split part) {
    if (part == null) {
      return 1;
    }
    return switch (part) {
      case TRAIN -> 2;
      case VALIDATION -> 4;
      case TEST -> 8;
    };
  }

  /** Notes that a picture of a record is the same as a held-out one; see {@link #connect}. */
  void link(InstructionRecord r, PictureMatch match) {
    Link link = new Link(r.dataset() + "/" + r.media().id(), match);
    links.merge(node(groupKey(r)), link, (a, b) -> a.picture.compareTo(b.picture) <= 0 ? a : b);
  }

  /** Connects groups with the held-out pictures noted so far. */
  void connect() {
    links.forEach(
        (group, link) -> {
          int top = top(group);
          connected[top] = lesser(connected[top], place(link.match.heldOut().where()));
        });
  }

  /** Tells whether a record's group is connected with anything held out. */
  boolean isHeldOut(InstructionRecord r) {
    return connected[top(node(groupKey(r)))] != 0;
  }

  /**
   * Returns why a record must not be trained on.
   *
   * @param match the held-out picture that is the same as the record's, or null
   */
  Optional<Conflict> conflict(InstructionRecord r, @Nullable PictureMatch match) {
    int group = node(groupKey(r));
    short where = connected[top(group)];
    if (where == 0) {
      return Optional.ofNullable(match).map(Conflict::picture);
    }
    if (direct[group] != 0) {
      return Optional.of(Conflict.group(places.get(direct[group])));
    }
    for (OverlapPool pool : pools(r)) {
      Optional<String> key = key(pool, r);
      short held = key.isEmpty() ? 0 : direct[node(poolKey(pool, key.get()))];
      if (held != 0) {
        return Optional.of(Conflict.pool(pool, key.orElseThrow(), places.get(held)));
      }
    }
    if (match != null) {
      return Optional.of(Conflict.picture(match));
    }
    Link link = links.get(group);
    return Optional.of(
        link == null
            ? Conflict.linked(places.get(where))
            : Conflict.linked(link.picture, link.match));
  }

  /** Returns the records whose names lead to no key of their pool, by pool and dataset. */
  SortedMap<String, Long> withoutKey() {
    return withoutKey;
  }

  private List<OverlapPool> pools(InstructionRecord r) {
    return pools.computeIfAbsent(r.dataset(), register::of);
  }

  private static boolean joins(OverlapPool pool, InstructionRecord r) {
    return pool.member(r.dataset()).orElseThrow().join() != OverlapPool.Join.PICTURE;
  }

  private static Optional<String> key(OverlapPool pool, InstructionRecord r) {
    return joins(pool, r) ? pool.member(r.dataset()).orElseThrow().key(r) : Optional.empty();
  }

  private static String groupKey(InstructionRecord r) {
    return "group|" + r.dataset() + "|" + r.group();
  }

  private static String poolKey(OverlapPool pool, String key) {
    return "pool|" + pool.name() + "|" + key;
  }

  private int node(String text) {
    int number = nodes.size();
    Integer known = nodes.putIfAbsent(HashKey.of(text), number);
    if (known != null) {
      return known;
    }
    if (number == next.length) {
      next = Arrays.copyOf(next, 2 * number);
      direct = Arrays.copyOf(direct, 2 * number);
      connected = Arrays.copyOf(connected, 2 * number);
      seen = Arrays.copyOf(seen, 2 * number);
    }
    next[number] = number;
    return number;
  }

  private int top(int node) {
    int at = node;
    while (next[at] != at) {
      next[at] = next[next[at]];
      at = next[at];
    }
    return at;
  }

  private void join(int a, int b) {
    int from = top(a);
    int to = top(b);
    connected[to] = lesser(connected[to], connected[from]);
    next[from] = to;
  }

  private void hold(int node, short place) {
    int top = top(node);
    direct[node] = lesser(direct[node], place);
    connected[top] = lesser(connected[top], place);
  }

  private short place(InstructionRecord r, Split part) {
    return place(r.dataset() + " " + part.key());
  }

  private short place(String name) {
    int known = places.indexOf(name);
    if (known < 0) {
      known = places.size();
      places.add(name);
    }
    return (short) known;
  }

  /** Of two places the first by name, so that the order of input does not show. */
  private short lesser(short a, short b) {
    if (a == 0 || b == 0) {
      return a == 0 ? b : a;
    }
    return places.get(a).compareTo(places.get(b)) <= 0 ? a : b;
  }
}

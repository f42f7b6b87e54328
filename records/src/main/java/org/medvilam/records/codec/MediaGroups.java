package org.medvilam.records.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.medvilam.records.InstructionRecord;

/**
 * Gathers records that stand side by side and speak of one medium, as they do in every run.
 *
 * <p>Memory is that of one medium's records.
 */
public final class MediaGroups {
  private final Sink sink;
  private final List<InstructionRecord> group = new ArrayList<>();

  /** Takes the records of one medium. */
  public interface Sink {
    /** Takes at least one record. */
    void group(List<InstructionRecord> records) throws IOException;
  }

  /** Passes whole groups on. */
  public MediaGroups(Sink sink) {
    this.sink = sink;
  }

  /** Passes on the groups of a list. */
  static void of(List<InstructionRecord> records, Sink sink) throws IOException {
    MediaGroups groups = new MediaGroups(sink);
    for (InstructionRecord r : records) {
      groups.add(r);
    }
    groups.end();
  }

  /** Takes the next record. */
  public void add(InstructionRecord instruction) throws IOException {
    if (!group.isEmpty() && !key(group.get(0)).equals(key(instruction))) {
      end();
    }
    group.add(instruction);
  }

  /** Passes on the last group; nothing happens where there is none. */
  public void end() throws IOException {
    if (!group.isEmpty()) {
      sink.group(List.copyOf(group));
      group.clear();
    }
  }

  /** Returns what names a medium among those of all datasets: {@code dataset|media id}. */
  public static String key(InstructionRecord instruction) {
    return instruction.dataset() + "|" + instruction.media().id();
  }
}

package org.medvilam.records.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.store.Store;

/** Writes a JSON array of conversations per split, a line each. */
final class ConversationWriter implements TargetWriter {
  private final Dialect dialect;
  private final boolean groupByImage;
  private final SplitFiles files;

  /** One conversation. */
  record Sample(
      String id,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String image,
      List<Turn> conversations) {}

  /** What one side says. */
  record Turn(String from, String value) {}

  ConversationWriter(Dialect dialect, boolean groupByImage, Store output) {
    this.dialect = dialect;
    this.groupByImage = groupByImage;
    this.files = new SplitFiles(output, "conversations/%s.json", "[\n", "\n]\n");
  }

  @Override
  public @Nullable Problem problem(
      InstructionRecord instruction, List<InstructionRecord> medium, String path) {
    return dialect.problem(instruction, path);
  }

  @Override
  public void write(List<InstructionRecord> records, String path) throws IOException {
    InstructionRecord first = records.get(0);
    if (groupByImage) {
      String id = first.dataset() + "/" + first.media().id();
      files.of(first).element(sample(id, records, path));
      return;
    }
    for (InstructionRecord r : records) {
      files.of(r).element(sample(r.id(), List.of(r), path));
    }
  }

  private Sample sample(String id, List<InstructionRecord> records, String path) {
    List<Turn> turns = new ArrayList<>();
    for (InstructionRecord r : records) {
      String question = r.instruction();
      String asked = turns.isEmpty() ? dialect.withPicture(question, path) : question;
      turns.add(new Turn(dialect.asker(), asked));
      turns.add(new Turn(dialect.answerer(), dialect.answer(r)));
    }
    return new Sample(id, dialect.hasImageField() ? path : null, turns);
  }

  @Override
  public List<Manifest.FileEntry> finish() throws IOException {
    return files.finish();
  }

  @Override
  public String card() {
    return dialect.card();
  }
}

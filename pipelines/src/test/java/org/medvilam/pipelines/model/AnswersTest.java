package org.medvilam.pipelines.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.trainer.Engine;
import org.medvilam.trainer.RecordExamples;
import org.medvilam.trainer.VisionLanguageModel;
import org.medvilam.trainer.grammar.AnswerGrammar;

/** A model's answers to records of which several ask about one picture. */
class AnswersTest {
  @TempDir private static Path folder;
  private static final List<InstructionRecord> RECORDS = new ArrayList<>();

  private static Path pictures;
  private static RecordExamples examples;
  private static VisionLanguageModel model;

  @BeforeAll
  static void convert() throws IOException {
    Path data = folder.resolve("data");
    Path output = folder.resolve("run");
    Catalogue.find("busi").orElseThrow().draw(new PhantomRequest(data, 12, 1));
    assertThat(
            Medvilam.run(
                "convert",
                "--dataset=busi",
                "--input=" + data,
                "--output=" + output,
                "--tasks=localization,segmentation,classification"))
        .isZero();
    RunFolder run = RunFolder.open(LocalStore.of(output));
    pictures = Path.of(run.manifest().roots().get("busi"));
    run.forEach(Split.TRAIN, RECORDS::add);
    model = VisionLanguageModel.builtIn(VisionLanguageModel.TINY);
    examples = new RecordExamples(run, d -> LocalStore.of(pictures), model.inputSize());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"ND4J", "ONNX"})
  void areThoseToEachQuestionAloneInTheOrderOfTheRecords(Engine engine) throws IOException {
    List<Prediction> expected = new ArrayList<>();
    try (VisionLanguageModel asked = model.withEngine(engine)) {
      for (InstructionRecord r : RECORDS) {
        String answer = asked.answer(examples.pixels(r), r.instruction(), AnswerGrammar.of(r));
        expected.add(new Prediction(r.id(), answer));
      }
      assertThat(RecordExamples.byPicture(RECORDS)).hasSizeLessThan(RECORDS.size());
      assertThat(Answers.of("", asked, examples, RECORDS, true, System.err)).isEqualTo(expected);
    }
  }

  @Test
  void eachRecordOfAPictureThatCannotBeReadIsNamed() throws IOException {
    String lost = RECORDS.get(0).media().uri();
    List<String> ids =
        RECORDS.stream().filter(r -> r.media().uri().equals(lost)).map(r -> r.id()).toList();
    Path file = pictures.resolve(lost);
    Path aside = Files.move(file, folder.resolve("aside"));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<Prediction> answered =
        Answers.of("answered", model, examples, RECORDS, false, new PrintStream(said, true));
    Files.move(aside, file);
    assertThat(ids).hasSizeGreaterThan(1);
    assertThat(answered).hasSize(RECORDS.size() - ids.size());
    assertThat(answered).noneMatch(p -> ids.contains(p.recordId()));
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .hasSize(ids.size() + 1)
        .anyMatch(l -> l.endsWith(ids.size() + " without a picture"));
    for (String id : ids) {
      assertThat(said.toString(StandardCharsets.UTF_8)).contains("no answer for " + id + ": ");
    }
  }
}

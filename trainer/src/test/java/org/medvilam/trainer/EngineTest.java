package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.trainer.grammar.AnswerGrammar;
import org.medvilam.trainer.scene.Scene;
import org.medvilam.trainer.scene.SceneGenerator;
import org.medvilam.trainer.scene.SceneGenerator.Question;

/** Both engines as a user meets them. */
class EngineTest {
  private static final int PICTURES = 3;
  private static final double TOLERANCE = 1e-4;

  @TempDir Path folder;

  @Test
  void testBuiltInBaseAnswersTheSame() throws Exception {
    try (VisionLanguageModel base = VisionLanguageModel.builtIn(VisionLanguageModel.TINY);
        VisionLanguageModel nd4j = base.withEngine(Engine.ND4J);
        VisionLanguageModel onnx = base.withEngine(Engine.ONNX)) {
      List<String> answers = new ArrayList<>();
      SceneGenerator scenes = new SceneGenerator(4, base.inputSize(), 8);
      for (int i = 0; i < PICTURES; i++) {
        for (Question question : Question.values()) {
          Scene scene = scenes.scene(i, question, 1);
          AnswerGrammar form = form(question, i);
          String answer = nd4j.answer(scene.pixels(), scene.instruction(), form);
          assertThat(onnx.answer(scene.pixels(), scene.instruction(), form)).isEqualTo(answer);
          answers.add(answer);
        }
      }
      assertThat(answers.stream().distinct().count()).isGreaterThan(PICTURES);
    }
  }

  /**
   * The answers about two pictures are held to a form, those about the last one to the wrong one.
   */
  private static AnswerGrammar form(Question question, int picture) {
    if (picture == 0) {
      return AnswerGrammar.free();
    }
    boolean fits = picture == 1;
    return (question == Question.SEGMENT) == fits
        ? AnswerGrammar.outlines(25)
        : AnswerGrammar.boxes();
  }

  @Test
  void testBuiltInBaseSeesTheSame() throws Exception {
    try (VisionLanguageModel base = VisionLanguageModel.builtIn(VisionLanguageModel.TINY);
        VisionLanguageModel nd4j = base.withEngine(Engine.ND4J);
        VisionLanguageModel onnx = base.withEngine(Engine.ONNX)) {
      SceneGenerator scenes = new SceneGenerator(5, base.inputSize(), 8);
      for (int i = 0; i < PICTURES; i++) {
        float[] pixels = scenes.scene(i, Question.WHERE, 1).pixels();
        float[] expected = nd4j.inference().encode(pixels);
        float[] found = onnx.inference().encode(pixels);
        assertThat(found).hasSize(base.featureValues());
        for (int at = 0; at < found.length; at++) {
          assertThat((double) found[at] - expected[at]).isBetween(-TOLERANCE, TOLERANCE);
        }
      }
    }
  }

  /** Threads that share a base get the bits that one alone gets. */
  @Test
  void testThreadsShareABase() throws Exception {
    try (VisionLanguageModel base = VisionLanguageModel.builtIn(VisionLanguageModel.TINY)) {
      SceneGenerator scenes = new SceneGenerator(6, base.inputSize(), 8);
      Scene scene = scenes.scene(1, Question.WHERE, 1);
      float[] features = base.inference().encode(scene.pixels());
      String answer = base.answer(scene.pixels(), scene.instruction());
      List<Throwable> failures = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < 10; i++) {
                    assertThat(base.inference().encode(scene.pixels())).isEqualTo(features);
                    assertThat(base.answer(scene.pixels(), scene.instruction())).isEqualTo(answer);
                  }
                });
        thread.setUncaughtExceptionHandler(
            (which, e) -> {
              synchronized (failures) {
                failures.add(e);
              }
            });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failures).isEmpty();
    }
  }

  /** A library that is not there, and one that is none. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void testAutoFallsBackWhereTheLibraryDoesNotLoad(boolean broken) throws Exception {
    if (broken) {
      Files.writeString(folder.resolve(System.mapLibraryName("onnxruntime")), "no library");
    }
    List<String> said = asked("auto");
    assertThat(said).contains("answered");
    assertThat(said.stream().filter(line -> line.contains("ONNX Runtime does not load here")))
        .singleElement()
        .asString()
        .contains("WARN")
        .contains(folder.toString())
        .endsWith("; ND4J computes instead, slower");
    assertThat(asked("onnx"))
        .doesNotContain("answered")
        .anyMatch(line -> line.startsWith("refused: ONNX Runtime does not load here: "));
  }

  private List<String> asked(String engine) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Donnxruntime.native.path=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Asked.class.getName(),
                engine)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(said).isTrue();
    return said.lines().toList();
  }

  /** A process without the library. */
  static final class Asked {
    private Asked() {}

    public static void main(String[] args) throws Exception {
      Engine engine = Engine.valueOf(args[0].toUpperCase(Locale.ROOT));
      try (VisionLanguageModel base = VisionLanguageModel.builtIn(VisionLanguageModel.TINY);
          VisionLanguageModel other = base.withEngine(engine)) {
        float[] pixels = new float[base.inputSize() * base.inputSize()];
        String answer = other.answer(pixels, "Where is the tumour in this image?");
        VisionLanguageModel nd4j = base.withEngine(Engine.ND4J);
        other.withEngine(engine).answer(pixels, "Is it there?");
        boolean same = answer.equals(nd4j.answer(pixels, "Where is the tumour in this image?"));
        System.out.println(same ? "answered" : "answered " + answer);
      } catch (IllegalStateException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }
}

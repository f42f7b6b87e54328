package org.medvilam.pipelines.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.ParameterMetadata;
import com.google.api.services.dataflow.model.TemplateMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.pipelines.command.Heard;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.RunFiles;
import org.medvilam.records.codec.RecordJson;

/**
 * The templates of {@code templates/dataflow}. After a change of options, {@code
 * -Dupdate.templates=true} writes the files anew.
 */
final class FlexTemplateTest {
  private static final Path FOLDER = Path.of("..", "templates", "dataflow");

  /** What {@code ParameterMetadata.paramType} may be, of those in use here. */
  private static final Set<String> TYPES =
      Set.of("TEXT", "NUMBER", "BOOLEAN", "GCS_READ_FOLDER", "GCS_WRITE_FOLDER");

  private static final ObjectWriter PRETTY = RecordJson.mapper().writerWithDefaultPrettyPrinter();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"convert", "encode", "fewshot"})
  void metadataIsThatOfTheOptions(String command) throws IOException {
    Path file = FOLDER.resolve(command + ".metadata.json");
    String expected = PRETTY.writeValueAsString(TemplateParameters.of(command).metadata()) + "\n";
    if (Boolean.getBoolean("update.templates")) {
      Files.writeString(file, expected);
    }
    assertThat(file).hasContent(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert", "encode", "fewshot"})
  void metadataIsOfDataflowsTypes(String command) throws IOException {
    String text = Files.readString(FOLDER.resolve(command + ".metadata.json"));
    TemplateMetadata metadata =
        GsonFactory.getDefaultInstance().fromString(text, TemplateMetadata.class);
    assertKnown(metadata);
    assertThat(metadata.getName()).isNotBlank();
    assertThat(metadata.getParameters())
        .filteredOn(parameter -> !parameter.getIsOptional())
        .extracting(ParameterMetadata::getName)
        .isSubsetOf("dataset", "input", "output");
    assertThat(metadata.getParameters())
        .isNotEmpty()
        .allSatisfy(
            parameter -> {
              assertKnown(parameter);
              assertThat(parameter.getName()).matches("[a-z][a-zA-Z]*");
              assertThat(parameter.getLabel()).isNotBlank();
              assertThat(parameter.getHelpText()).isNotBlank();
              assertThat(parameter.getParamType()).isIn(TYPES);
              assertMatches(parameter);
            });
  }

  private static void assertKnown(GenericJson json) {
    assertThat(json.getUnknownKeys()).as("fields that Dataflow does not know").isEmpty();
  }

  /** A default that its own rule refuses could not be submitted. */
  private static void assertMatches(ParameterMetadata parameter) {
    if (parameter.getRegexes() != null && parameter.getDefaultValue() != null) {
      assertThat(parameter.getRegexes())
          .allSatisfy(regex -> assertThat(parameter.getDefaultValue()).matches(regex));
    }
  }

  @Test
  void argumentsOfALauncherBecomeACommandLine() {
    assertThat(
            TemplateParameters.of("convert")
                .commandLine(
                    List.of(
                        "--dataset=busi",
                        "--labelsOnly=true",
                        "--overwrite=false",
                        "--maxRejected=5%",
                        "--project=p",
                        "--tempLocation=gs://b/tmp")))
        .containsExactly(
            "convert",
            "--dataset=busi",
            "--labels-only",
            "--max-rejected=5%",
            "--",
            "--project=p",
            "--tempLocation=gs://b/tmp");
  }

  @Test
  void severalValuesHaveCommasBetween() {
    assertThat(
            TemplateParameters.of("fewshot")
                .commandLine(List.of("--input=gs://b/x,gs://b/y", "--seeds=1,2", "--shots=5")))
        .containsExactly(
            "fewshot", "--input=gs://b/x", "--input=gs://b/y", "--seeds=1,2", "--shots=5", "--");
  }

  /** What a job that nobody waits for leaves is what the command leaves. */
  @Test
  void theLauncherStartsWithTheArgumentsOfATemplate() throws IOException {
    for (String dataset : List.of("busi", "tn3k")) {
      String data = path("data-" + dataset);
      Heard.of("sample-data", "--dataset", dataset, "--output", data, "--images", "12");
      launch("convert", "--dataset=" + dataset, "--input=" + data, "--output=" + path(dataset));
      assertThat(folder.resolve(dataset).resolve("_SUCCESS")).exists();
    }
    String runs = "--input=" + path("busi") + "," + path("tn3k");
    launch("fewshot", runs, "--output=" + path("shots"), "--shots=2", "--overwrite=false");
    launch("fewshot", runs, "--output=" + path("draws"), "--seeds=1,2", "--pictures=none");
    launch("encode", "--input=" + path("shots"), "--output=" + path("features"));
    assertThat(folder.resolve("shots/.work")).doesNotExist();
    String[] two = {"--input", path("busi"), "--input", path("tn3k")};
    compare("fewshot", "shots", two, "--shots=2");
    compare("fewshot", "draws", two, "--seeds=1,2", "--pictures=none");
    compare("encode", "features", new String[] {"--input", path("shots")});
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static void launch(String command, String... parameters) {
    List<String> arguments = new ArrayList<>(List.of(parameters));
    arguments.addAll(List.of("--jobName=template-test", "--runner=DirectRunner"));
    assertThat(FlexTemplate.start(command, arguments)).isEqualTo(ExitCode.DONE);
  }

  private void compare(String command, String launched, String[] input, String... options)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of(input));
    words.addAll(List.of(options));
    words.addAll(List.of("--output", path(launched + "-here")));
    Heard heard = Heard.of(words.toArray(String[]::new));
    assertThat(heard.code()).as(heard.text()).isEqualTo(ExitCode.DONE);
    assertThat(RunFiles.checksums(folder.resolve(launched)))
        .isEqualTo(RunFiles.checksums(folder.resolve(launched + "-here")))
        .hasSizeGreaterThan(2);
  }

  @Test
  void withoutItsRunnerDataflowIsRefusedInOneSentence() {
    assumeThat(FlexTemplate.class.getResource("/org/apache/beam/runners/dataflow"))
        .as("Dataflow's runner, which the profile dataflow brings")
        .isNull();
    Path data = folder.resolve("data");
    Heard.of("sample-data", "--dataset", "busi", "--output", data.toString(), "--images", "3");
    Heard heard =
        Heard.of(
            "convert",
            "--dataset",
            "busi",
            "--input",
            data.toString(),
            "--output",
            folder.resolve("out").toString(),
            "--runner",
            "dataflow");
    assertThat(heard.code()).isEqualTo(ExitCode.USAGE);
    assertThat(heard.text()).contains("-Pdataflow");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}

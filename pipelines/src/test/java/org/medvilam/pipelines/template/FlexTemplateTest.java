package org.medvilam.pipelines.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.ParameterMetadata;
import com.google.api.services.dataflow.model.TemplateMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.pipelines.command.Heard;
import org.medvilam.pipelines.run.ExitCode;
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
  @ValueSource(strings = "convert")
  void metadataIsThatOfTheOptions(String command) throws IOException {
    Path file = FOLDER.resolve(command + ".metadata.json");
    String expected = PRETTY.writeValueAsString(TemplateParameters.of(command).metadata()) + "\n";
    if (Boolean.getBoolean("update.templates")) {
      Files.writeString(file, expected);
    }
    assertThat(file).hasContent(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = "convert")
  void metadataIsOfDataflowsTypes(String command) throws IOException {
    String text = Files.readString(FOLDER.resolve(command + ".metadata.json"));
    TemplateMetadata metadata =
        GsonFactory.getDefaultInstance().fromString(text, TemplateMetadata.class);
    assertKnown(metadata);
    assertThat(metadata.getName()).isNotBlank();
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
  void theLauncherStartsWithTheArgumentsOfATemplate() {
    Path data = folder.resolve("data");
    Heard.of("sample-data", "--dataset", "busi", "--output", data.toString(), "--images", "5");
    int code =
        FlexTemplate.start(
            "convert",
            List.of(
                "--dataset=busi",
                "--input=" + data,
                "--output=" + folder.resolve("out"),
                "--shards=2",
                "--labelsOnly=false",
                "--jobName=template-test",
                "--runner=DirectRunner"));
    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(folder.resolve("out/_SUCCESS")).exists();
  }

  @Test
  void withoutItsRunnerDataflowIsRefusedInOneSentence() {
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

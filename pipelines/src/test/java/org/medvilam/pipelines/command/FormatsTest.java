package org.medvilam.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.pipelines.run.ExitCode;

/** The file forms of {@code convert}, and the commands that read them. */
final class FormatsTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void draw() {
    String data = folder.resolve("data").toString();
    Heard.of("sample-data", "--dataset", "busi", "--output", data, "--images", "30");
    assertThat(convert("jsonl", "jsonl").code()).isZero();
    fewshot("jsonl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "tfrecord", "webdataset"})
  void subsetsAreTheSameFromEveryFormat(String format) throws IOException {
    assertThat(convert(format, format).code()).isZero();
    fewshot(format);
    for (String part : List.of("train", "test")) {
      String records = "-shots/records/" + part + "-00000-of-00001.jsonl";
      assertThat(folder.resolve(format + records))
          .hasSameTextualContentAs(folder.resolve("jsonl" + records));
    }
  }

  @Test
  void manifestCountsThePictures() throws IOException {
    Heard heard = convert("jpeg", "tfrecord", "--embed-images", "jpeg", "--max-side", "64");
    assertThat(heard.code()).isZero();
    assertThat(heard.text()).contains("pictures     30 embedded");
    JsonNode manifest = new ObjectMapper().readTree(folder.resolve("jpeg/manifest.json").toFile());
    assertThat(manifest.at("/pictures/embedded").intValue()).isEqualTo(30);
    assertThat(manifest.at("/arguments/embed_images").textValue()).isEqualTo("jpeg");
    assertThat(manifest.at("/arguments/max_side").textValue()).isEqualTo("64");
    assertThat(Files.readString(folder.resolve("jsonl/manifest.json")))
        .doesNotContain("embed_images", "\"pictures\"");
  }

  @ParameterizedTest
  @CsvSource({
    "jsonl,--embed-images,png,expected --format tfrecord or webdataset",
    "tfrecord,--embed-images,gif,expected png or jpeg",
    "webdataset,--max-side,64,expected --embed-images",
    "tar,--shards,1,'jsonl, parquet, tfrecord, webdataset'"
  })
  void wrongOptionsAreUsage(String format, String option, String value, String said) {
    Heard heard = convert("refused", format, option, value);
    assertThat(heard.code()).isEqualTo(ExitCode.USAGE);
    assertThat(heard.text()).contains(said);
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  private static Heard convert(String output, String format, String... more) {
    List<String> args = new ArrayList<>(List.of("convert", "--dataset", "busi", "--input"));
    args.add(folder.resolve("data").toString());
    args.addAll(List.of("--output", folder.resolve(output).toString(), "--format", format));
    args.addAll(List.of(more));
    return Heard.of(args.toArray(String[]::new));
  }

  private static void fewshot(String run) {
    String shots = folder.resolve(run + "-shots").toString();
    Heard.of(
        "fewshot", "--input", folder.resolve(run).toString(), "--output", shots, "--shots", "3");
  }
}

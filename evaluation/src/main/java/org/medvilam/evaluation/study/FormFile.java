package org.medvilam.evaluation.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.medvilam.records.codec.RecordJson;

/** Reads the forms that raters send back. */
public final class FormFile {
  /** A form holds some hundred bytes per item. */
  private static final long MAX_BYTES = 64L << 20;

  private static final ObjectReader READER =
      RecordJson.mapper()
          .readerFor(StudyForm.class)
          .with(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

  private FormFile() {}

  /**
   * Reads a form: CSV where the name ends so, else JSON.
   *
   * @throws StudyException if the file is no form, naming file and place
   */
  public static StudyForm read(Path file) throws IOException {
    long bytes = Files.size(file);
    if (bytes > MAX_BYTES) {
      throw new StudyException(
          "%s: expected at most %d bytes, found %d".formatted(file, MAX_BYTES, bytes));
    }
    boolean csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    try {
      String text = Files.readString(file);
      StudyForm form = csv ? FormCsv.parse(text) : READER.readValue(text);
      if (form == null) {
        throw new StudyException("expected an answer form, found null");
      }
      return form;
    } catch (StudyException e) {
      throw new StudyException(file + ": " + e.getMessage());
    } catch (MalformedInputException e) {
      throw new StudyException(file + ": expected text in UTF-8, found other bytes");
    } catch (JsonProcessingException e) {
      throw new StudyException(
          "%s: expected an answer form, found at line %d: %s"
              .formatted(
                  file, e.getLocation() == null ? 0 : e.getLocation().getLineNr(), wrong(e)));
    }
  }

  /** Returns what is wrong in the words of a form, not of the classes it is read into. */
  private static String wrong(JsonProcessingException e) {
    if (e.getCause() instanceof StudyException) {
      return e.getCause().getMessage();
    }
    if (e instanceof MismatchedInputException m) {
      return m.getPath().stream()
          .map(JsonMappingException.Reference::getFieldName)
          .filter(Objects::nonNull)
          .collect(Collectors.joining(" > ", "nothing, or something else, at: ", ""));
    }
    return e.getOriginalMessage();
  }
}

package org.medvilam.converters.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.store.LocalStore;

final class TableTest {
  private static final List<String> NAME_AND_SIZE = List.of("name", "size");

  @TempDir Path folder;

  private LocalStore store(String text) throws IOException {
    Files.writeString(folder.resolve("t.csv"), text);
    return LocalStore.of(folder);
  }

  private static List<String> rows(Table table) throws IOException {
    List<String> rows = new ArrayList<>();
    try (table) {
      for (Table.Row row = table.next(); row != null; row = table.next()) {
        rows.add(row.position() + " " + row.get("name") + "|" + row.get("size"));
      }
    }
    return rows;
  }

  private List<String> rows(String text) throws IOException {
    return rows(Table.open(store(text), "t.csv", NAME_AND_SIZE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,size\na,1\n\"b, c\",2\n",
        "name,size\r\na,1\r\n\"b, c\",2",
        "\uFEFFname,size\na,1\n\"b, c\",2",
        "\uFEFF\"name\",\"size\"\na,1\n\"b, c\",2\n\n",
        "size,other, name \n 1 ,x,a\n2,x,\"b, c\"\n",
        "other,size,name,other\nx,1,a,y\nx,2,\"b, c\",y\n"
      })
  void cellsAreFoundByTheNameOfTheirColumn(String text) throws IOException {
    assertThat(rows(text)).containsExactly("row 2 a|1", "row 3 b, c|2");
  }

  @Test
  void rowOfAnotherLengthSaysSo() throws IOException {
    try (Table table = Table.open(store("name,size\na\nb,2,3\nc,4\n"), "t.csv", NAME_AND_SIZE)) {
      Table.Row shorter = table.next();
      assertThat(shorter.problem()).isEqualTo("expected 2 columns, found 1");
      assertThat(shorter.get("name")).isEqualTo("a");
      assertThat(shorter.get("size")).isEmpty();
      assertThat(table.next().problem()).isEqualTo("expected 2 columns, found 3");
      assertThat(table.next().problem()).isNull();
      assertThat(table.next()).isNull();
    }
  }

  @Test
  void headerIsGivenOut() throws IOException {
    try (Table table = Table.open(store("name,size,extra\n"), "t.csv", NAME_AND_SIZE)) {
      assertThat(table.header()).containsExactly("name", "size", "extra");
      assertThat(table.has("extra")).isTrue();
      assertThat(table.has("other")).isFalse();
      assertThat(table.next()).isNull();
    }
  }

  @Test
  void unknownColumnIsTheCallersMistake() throws IOException {
    try (Table table = Table.open(store("name,size\na,1\n"), "t.csv", NAME_AND_SIZE)) {
      Table.Row row = table.next();
      assertThatThrownBy(() -> row.get("other")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void missingAndDoubleColumnsStopTheListing() {
    assertThatThrownBy(() -> rows("name;size\na;1\n"))
        .isInstanceOf(ListingException.class)
        .hasMessage("t.csv: expected the column name, size, found the header name;size");
    assertThatThrownBy(() -> rows("name,size,name\na,1,b\n"))
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("expected the column name once");
    assertThatThrownBy(() -> rows(""))
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("found an empty file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"name,size\na,1\n", "name,size\na,\"1\nb,2\n"})
  void tableCutInsideACellStopsTheListing(String text) {
    assertThatThrownBy(() -> rows(text))
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("expected a whole table");
  }

  @Test
  void delimiterIsTheCommonestOfTheFirstRow() throws IOException {
    for (String text : new String[] {"name\tsize\n\"a,b\"\t1\n", "name,size\n\"a,b\",1\n"}) {
      assertThat(rows(Table.open(store(text), "t.csv", ",\t", NAME_AND_SIZE)))
          .containsExactly("row 2 a,b|1");
    }
  }

  @Test
  void headerlessTableMayHaveAHeader() throws IOException {
    for (String text : new String[] {"a,1\r\nb,2", "\uFEFFa,1\nb,2\n"}) {
      assertThat(rows(headerless(text))).containsExactly("row 1 a|1", "row 2 b|2");
    }
    assertThat(rows(headerless("id,label\na,1\nb,2\n"))).containsExactly("row 2 a|1", "row 3 b|2");
    assertThat(rows(headerless(""))).isEmpty();
  }

  private Table headerless(String text) throws IOException {
    return Table.openHeaderless(store(text), "t.csv", NAME_AND_SIZE, cell -> cell.equals("id"));
  }
}

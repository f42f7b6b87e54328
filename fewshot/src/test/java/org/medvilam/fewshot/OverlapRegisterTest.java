package org.medvilam.fewshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.Dataset;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.NativeRegions;
import org.medvilam.records.Source;
import org.medvilam.records.Task;

final class OverlapRegisterTest {
  private static final OverlapRegister REGISTER = OverlapRegister.standard();

  static Stream<Dataset> datasets() {
    return Catalogue.all().stream();
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void catalogueNamesThePoolsOfTheRegister(Dataset dataset) {
    assertThat(dataset.info().pools())
        .as("pools of %s", dataset.info().name())
        .containsExactlyInAnyOrderElementsOf(
            REGISTER.of(dataset.info().name()).stream().map(OverlapPool::name).toList());
  }

  @Test
  void everyPoolHasTwoMembersOrMoreAndSaysWhoSaysSo() {
    for (OverlapPool pool : REGISTER.pools()) {
      assertThat(pool.members()).as(pool.name()).hasSizeGreaterThan(1);
      assertThat(pool.members()).extracting(OverlapPool.Member::dataset).doesNotHaveDuplicates();
      assertThat(List.of(pool.evidence(), pool.source(), pool.key())).allMatch(t -> !t.isBlank());
    }
    assertThat(REGISTER.pools()).extracting(OverlapPool::name).doesNotHaveDuplicates();
  }

  @Test
  void whatIsRememberedIsNotConfirmed() {
    assertThat(member("nih-chestx-ray14", "siim-acr").confirmed()).isFalse();
    assertThat(member("nih-chestx-ray14", "chestx-det").confirmed()).isTrue();
    assertThat(member("lidc-idri", "luna16").confirmed()).isFalse();
    assertThat(member("cvc", "kumc").confirmed()).isFalse();
    assertThat(member("isic-archive", "isic16").confirmed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "nih-chestx-ray14, chestx-ray14, patient:13, x.png, 13",
    "nih-chestx-ray14, chexmask-nih, image:1, 00000013_005.png, 13",
    "chestx-det, chestx-det, image:36204, 36204.png, 36204",
    "mimic-cxr, ms-cxr, patient:10000032, x.jpg, 10000032",
    "mimic-cxr, mimic-cxr, patient:p10000032, x.jpg, 10000032",
    "chexpert, chexpert, patient:patient00001, x.jpg, 1",
    "chexpert, chexlocalize, patient:1, x.jpg, 1",
    "vindr-cxr, vinbigdata, image:x, a/0108949daa13dc94634a7d650a05c0bb.png, 0108949daa13dc94634a7d650a05c0bb",
    "padchest, chexmask-padchest, image:x, 216840_01-031-075.png, 216840_01-031-075",
    "candid-ptx, candid-ptx, image:x, 1.2.3.dcm, 1.2.3",
    "montgomery-shenzhen, shenzhen, image:x, CHNCXR_0001_0.png, CHNCXR_0001_0",
    "jsrt, jsrt, image:x, JPCLN001.IMG, JPCLN001",
    "cholec80, cholecseg8k, video:video01, frame_80_endo.png, 1",
    "cholec80, cholect50, video:1, x.png, 1",
    "polypdiag, hyper-kvasir, video:7e3731a7-51f6-4415-9038-41322f6e4746, x, 7e3731a7-51f6-4415-9038-41322f6e4746",
    "hyper-kvasir, hyper-kvasir, image:x, 000cd4cc-0e53-46e5-ba6c-bdcdb8e5b20e.jpg, 000cd4cc-0e53-46e5-ba6c-bdcdb8e5b20e",
    "sun, sun-seg, video:case1_1, x.png, 1",
    "sun, sun, patient:case12, x.jpg, 12",
    "sun, sun, patient:12, x.jpg, 12",
    "isic-archive, ham10000, lesion:HAM_0000118, ISIC_0027419.jpg, ISIC_0027419",
    "isic-archive, isic16, image:ISIC_0000003, a/ISIC_0000003.jpg, ISIC_0000003",
    "lidc-idri, luna16, study:1.3.6.1.4.1.14519.5.2.1.6279.6001.100225287222365663678666836860, x.mhd, 1.3.6.1.4.1.14519.5.2.1.6279.6001.100225287222365663678666836860",
  })
  void namesLeadToTheKey(String pool, String dataset, String group, String uri, String key) {
    assertThat(member(pool, dataset).key(instruction(group, uri))).contains(key);
  }

  @Test
  void otherNamesLeadNowhere() {
    assertThat(member("isic-archive", "isic16").key(instruction("image:x", "x.jpg"))).isEmpty();
    assertThat(member("mimic-cxr", "ms-cxr").key(instruction("study:50000001", "x.jpg"))).isEmpty();
  }

  @Test
  void pictureIdServesWhereTheFileWasDerived() {
    assertThat(
            member("isic-archive", "isic16")
                .key(instruction("image:x", "images/0001.png", "ISIC_0000003")))
        .contains("ISIC_0000003");
  }

  private static OverlapPool.Member member(String pool, String dataset) {
    return REGISTER.pools().stream()
        .filter(p -> p.name().equals(pool))
        .findFirst()
        .orElseThrow()
        .member(dataset)
        .orElseThrow();
  }

  private static InstructionRecord instruction(String group, String uri) {
    return instruction(group, uri, "id");
  }

  private static InstructionRecord instruction(String group, String uri, String id) {
    return new InstructionRecord(
        "r",
        "d",
        null,
        Task.LOCALIZATION,
        "xr",
        Media.image(id, uri, 10, 10),
        group,
        "l",
        "l",
        "q",
        "a",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        NativeRegions.NONE,
        new Source("f", null),
        "d/1");
  }
}

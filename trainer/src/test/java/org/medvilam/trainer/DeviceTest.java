package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
  @Test
  void testDriverNamesTheFirstDevice() {
    Device device =
        NvidiaSmi.parse(
                """
                NVIDIA A100-SXM4-80GB, 8.0, 81920 MiB
                NVIDIA H200, 9.0, 143771 MiB
                """)
            .orElseThrow();
    assertThat(device).isEqualTo(new Device("NVIDIA A100-SXM4-80GB", 80, 81920L << 20));
    assertThat(device.description()).isEqualTo("NVIDIA A100-SXM4-80GB (sm_80, 85.9 GB of memory)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "No devices were found",
        "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
        "Tesla K20, [N/A], 4743 MiB"
      })
  void testDriverWithoutADeviceNamesNone(String said) {
    assertThat(NvidiaSmi.parse(said)).isEmpty();
  }

  @Test
  void testArraysNameTheirFirstDevice() {
    Properties environment = new Properties();
    environment.put(
        "cuda.devicesInformation",
        List.of(
            Map.of(
                "cuda.deviceName",
                "Tesla V100",
                "cuda.deviceMajor",
                7L,
                "cuda.deviceMinor",
                0,
                "cuda.totalMemory",
                16_000_000_000L)));
    assertThat(Device.ofNd4j(environment).description())
        .isEqualTo("Tesla V100 (sm_70, 16.0 GB of memory)");
    assertThat(Device.ofNd4j(new Properties()).description()).isEqualTo("a CUDA device");
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "35, false",
    "37, true",
    "70, true",
    "86, true",
    "89, true",
    "90, false",
    "120, false"
  })
  void testNd4jReachesWhatItsMachineCodeIsFor(int capability, boolean reached) {
    Device device = new Device("X", capability, 1);
    assertThat(device.problemForNd4j().isEmpty()).isEqualTo(reached);
  }

  @Test
  void testDeviceOutOfReachIsSentToTheOtherEngine() {
    assertThat(new Device("NVIDIA H200", 90, 1).problemForNd4j())
        .hasValue(
            "ND4J's library for CUDA 11.6 has no code for NVIDIA H200 of compute capability 9.0,"
                + " only for 3.7 to 8.9; build with -Dcuda12 in place of -Dcuda,"
                + " and --engine onnx uses the device");
  }

  @ParameterizedTest
  @EnumSource(names = {"ND4J", "ONNX"})
  void testEngineSaysWhereAndHowItComputes(Engine engine) {
    assertThat(engine.description(Trained.projection()))
        .matches(engine + " on .+ \\((sm_\\d+, )?\\d+\\.\\d GB of memory.*\\), single precision");
  }
}

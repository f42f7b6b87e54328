package org.medvilam.pipelines;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Data walks up the house once and never back; see CONTRIBUTING.md. */
@AnalyzeClasses(packages = "org.medvilam", importOptions = ImportOption.DoNotIncludeTests.class)
final class LayersTest {
  @ArchTest
  static final ArchRule MODULES_REACH_DOWN_ONLY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("records")
          .definedBy("org.medvilam.records..")
          .layer("imaging")
          .definedBy("org.medvilam.imaging..")
          .layer("evaluation")
          .definedBy("org.medvilam.evaluation..")
          .layer("converters")
          .definedBy("org.medvilam.converters..")
          .layer("transforms")
          .definedBy("org.medvilam.transforms..")
          .layer("fewshot")
          .definedBy("org.medvilam.fewshot..")
          .layer("trainer")
          .definedBy("org.medvilam.trainer..")
          .layer("pipelines")
          .definedBy("org.medvilam.pipelines..")
          .whereLayer("records")
          .mayNotAccessAnyLayer()
          .whereLayer("imaging")
          .mayOnlyAccessLayers("records")
          .whereLayer("evaluation")
          .mayOnlyAccessLayers("records")
          .whereLayer("converters")
          .mayOnlyAccessLayers("records", "imaging")
          .whereLayer("transforms")
          .mayOnlyAccessLayers("records", "imaging", "converters")
          .whereLayer("fewshot")
          .mayOnlyAccessLayers("records", "imaging", "converters", "transforms")
          .whereLayer("trainer")
          .mayOnlyAccessLayers("records", "imaging", "evaluation");

  @ArchTest
  static final ArchRule BEAM_STAYS_UPSTAIRS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.medvilam.records..",
              "org.medvilam.imaging..",
              "org.medvilam.evaluation..",
              "org.medvilam.converters..",
              "org.medvilam.trainer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam..", "org.apache.flink..");

  @ArchTest
  static final ArchRule DL4J_STAYS_IN_THE_TRAINER =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.medvilam.trainer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.nd4j..", "org.deeplearning4j..", "org.bytedeco..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule CODECS_STAY_IN_IMAGING =
      noClasses()
          .that()
          .resideInAnyPackage("org.medvilam.records..", "org.medvilam.evaluation..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.imageio..", "java.awt..");
}

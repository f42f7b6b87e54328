package org.medvilam.trainer.scene;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The words by which objects are called; each call leans towards one look. */
final class Labels {
  private static final List<String> ADJECTIVES =
      List.of(
          "malignant",
          "benign",
          "small",
          "large",
          "left",
          "right",
          "upper",
          "lower",
          "active",
          "latent",
          "soft",
          "hard",
          "calcified",
          "cystic",
          "solid",
          "abnormal",
          "foreign",
          "pleural",
          "basal",
          "actinic",
          "vascular",
          "ulcerative",
          "diabetic",
          "ring",
          "difficult",
          "impacted",
          "enlarged",
          "irregular",
          "oval",
          "round",
          "optic",
          "red");

  private static final List<String> NOUNS =
      List.of(
          "tumour",
          "tumor",
          "lesion",
          "mass",
          "nodule",
          "cyst",
          "polyp",
          "cancer",
          "carcinoma",
          "adenoma",
          "melanoma",
          "nevus",
          "keratosis",
          "pneumonia",
          "pneumothorax",
          "effusion",
          "consolidation",
          "infiltrate",
          "infiltration",
          "atelectasis",
          "cardiomegaly",
          "edema",
          "oedema",
          "emphysema",
          "fibrosis",
          "hernia",
          "opacity",
          "lung",
          "heart",
          "liver",
          "kidney",
          "spleen",
          "stomach",
          "prostate",
          "bladder",
          "pancreas",
          "thyroid",
          "fracture",
          "implant",
          "device",
          "tube",
          "tuberculosis",
          "infection",
          "abscess",
          "granuloma",
          "calcification",
          "haemorrhage",
          "bleeding",
          "ulcer",
          "colitis",
          "glioma",
          "meningioma",
          "pituitary tumor",
          "metastasis",
          "infarct",
          "plaque",
          "optic disc",
          "optic cup",
          "macula",
          "drusen",
          "hard exudates",
          "soft exudates",
          "microaneurysms",
          "cell",
          "nucleus",
          "nuclei",
          "red blood cell",
          "white blood cell",
          "platelets",
          "neutrophil",
          "lymphocyte",
          "monocyte",
          "eosinophil",
          "trophozoite",
          "schizont",
          "gametocyte",
          "ring",
          "leukocyte",
          "finding",
          "dermatofibroma",
          "wart",
          "caries",
          "tooth",
          "root",
          "crown",
          "filling",
          "gland",
          "duct",
          "fibroadenoma",
          "ventricle",
          "valve",
          "stone",
          "gallstone",
          "hematoma",
          "scar",
          "wound",
          "burn",
          "vesicle",
          "lymph node",
          "bone",
          "artery",
          "vein");

  /** So many nouns of each look are used at first. */
  private static final int FIRST_NOUNS = 2;

  private static final double ADJECTIVE_SHARE = 0.3;

  private static final Map<Look, List<String>> BY_LOOK =
      NOUNS.stream().collect(Collectors.groupingBy(Labels::look));

  private Labels() {}

  /**
   * Draws a label of any look.
   *
   * @param known the part of all nouns that is used, and how often an adjective stands before them,
   *     0..1; at 0 only the first few nouns of each look
   */
  static String any(RandomGenerator random, double known) {
    Look[] looks = Look.values();
    return leaning(random, looks[random.nextInt(looks.length)], known);
  }

  /** Draws a label that leans towards {@code look}, of nouns as in {@link #any}. */
  static String leaning(RandomGenerator random, Look look, double known) {
    List<String> nouns = BY_LOOK.get(look);
    int words = (int) Math.round(FIRST_NOUNS + known * (nouns.size() - FIRST_NOUNS));
    String noun = nouns.get(random.nextInt(words));
    return random.nextDouble() < ADJECTIVE_SHARE * known
        ? ADJECTIVES.get(random.nextInt(ADJECTIVES.size())) + " " + noun
        : noun;
  }

  /** Returns the look a label leans towards, which its last word decides, as a noun does. */
  static Look look(String label) {
    int hash = label.substring(label.lastIndexOf(' ') + 1).hashCode();
    Look[] looks = Look.values();
    return looks[Math.floorMod(hash * 31 + (hash >>> 7), looks.length)];
  }

  /** Returns whether a label ends with a noun that leans towards {@code look}. */
  static boolean leans(String label, Look look) {
    return BY_LOOK.get(look).stream().anyMatch(n -> label.equals(n) || label.endsWith(" " + n));
  }
}

package org.medvilam.trainer.scene;

import java.util.List;
import java.util.random.RandomGenerator;

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

  /** So many nouns have a label for each look. */
  private static final int FIRST_NOUNS = 32;

  private Labels() {}

  /**
   * Draws any label.
   *
   * @param known the part of all nouns that is used, 0..1, never fewer than the first few
   */
  static String any(RandomGenerator random, double known) {
    int words = (int) Math.round(FIRST_NOUNS + known * (NOUNS.size() - FIRST_NOUNS));
    String noun = NOUNS.get(random.nextInt(words));
    return random.nextDouble() < 0.3
        ? ADJECTIVES.get(random.nextInt(ADJECTIVES.size())) + " " + noun
        : noun;
  }

  /** Returns the look a label leans towards, which its last word decides, as a noun does. */
  static Look look(String label) {
    int hash = label.substring(label.lastIndexOf(' ') + 1).hashCode();
    Look[] looks = Look.values();
    return looks[Math.floorMod(hash * 31 + (hash >>> 7), looks.length)];
  }

  /** Draws a label that leans towards {@code look}, of nouns as in {@link #any}. */
  static String leaning(RandomGenerator random, Look look, double known) {
    String label = any(random, known);
    while (look(label) != look) {
      label = any(random, known);
    }
    return label;
  }

  /** Returns whether a label ends with a noun that leans towards {@code look}. */
  static boolean leans(String label, Look look) {
    boolean noun = NOUNS.stream().anyMatch(n -> label.equals(n) || label.endsWith(" " + n));
    return noun && look(label) == look;
  }
}

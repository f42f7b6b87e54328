package org.medvilam.fewshot;

/** What K shots of a label are. */
public enum DrawMethod {
  /**
   * K pictures of each label, at most one per group; the records of that label. The default, and
   * what the paper's "20-shot labels for each disease" says; per class as in Dassl and CoOp ({@code
   * generate_fewshot_dataset}), but by group.
   */
  LABEL,
  /**
   * At least K pictures of each label; all records of a picture. As in GLIP's few-shot training
   * ({@code maskrcnn_benchmark/data/datasets/coco.py}, used by MIU-VL), all pictures of a dataset
   * are walked in one order, one is kept while any of its labels has quota left, and every label in
   * it loses one.
   *
   * <p>A label's quota is therefore used up by the first K pictures that have it, so what is kept
   * is the union over the labels of the first K pictures each; a group serves a label once.
   */
  GLIP,
  /**
   * K instances of each label: boxes, or 3D boxes. As in TFA ({@code prepare_coco_few_shot.py} of
   * few-shot-object-detection), whole pictures are taken while their number of instances still
   * fits; one that does not fit is stepped over. At most one picture per group.
   *
   * <p>As TFA does, a draw of K is grown from smaller ones, of 1, 2, 3, 5, 10, 20, 30, 50, 100, ...
   * instances, so that these are nested in each other and in any greater draw.
   */
  INSTANCES
}

package org.medvilam.evaluation.score;

import org.medvilam.records.geometry.Box;

/**
 * The hit rules of other papers' published evaluation scripts.
 *
 * <p>They disagree at the edge, which is why figures of different papers are not comparable to the
 * last digit. Boxes are compared in pixels, as the scripts do, in the arithmetic the scripts use.
 */
public enum CompatRule {
  /**
   * OFA, {@code utils/eval_utils.py}, {@code eval_refcoco} (OmniFM-DR's is the same): float32, 1e-6
   * in the denominator, at least 0.5, both sides of the intersection positive. Nothing is clamped,
   * so disjoint boxes can give any number before the last condition.
   */
  OFA("ofa", "IoU ≥ 0.5, float32, denominator + 1e-6") {
    @Override
    public double iou(Box p, Box t) {
      float w = Math.min((float) p.x2(), (float) t.x2()) - Math.max((float) p.x1(), (float) t.x1());
      float h = Math.min((float) p.y2(), (float) t.y2()) - Math.max((float) p.y1(), (float) t.y1());
      float intersection = w * h;
      return intersection / (area(p) + area(t) - intersection + OFA_EPSILON);
    }

    @Override
    public boolean hit(Box p, Box t) {
      boolean meet =
          Math.min((float) p.x2(), (float) t.x2()) > Math.max((float) p.x1(), (float) t.x1())
              && Math.min((float) p.y2(), (float) t.y2())
                  > Math.max((float) p.y1(), (float) t.y1());
      return meet && iou(p, t) >= HIT;
    }
  },
  /**
   * TransVG, {@code utils/eval_utils.py}: float32, no negative sides, 1e-16 in the denominator, at
   * least 0.5.
   */
  TRANSVG("transvg", "IoU ≥ 0.5, float32") {
    @Override
    public double iou(Box p, Box t) {
      return clamped(p, t);
    }

    @Override
    public boolean hit(Box p, Box t) {
      return iou(p, t) >= HIT;
    }
  },
  /**
   * VGTR, {@code work/engine.py}: float32, 1e-16 in the denominator, more than 0.5. Its clamping to
   * 0..511 of a letterboxed picture is left out.
   */
  VGTR("vgtr", "IoU > 0.5, float32") {
    @Override
    public double iou(Box p, Box t) {
      return clamped(p, t);
    }

    @Override
    public boolean hit(Box p, Box t) {
      return iou(p, t) > HIT;
    }
  },
  /** MiniGPT-v2, {@code eval_scripts/eval_ref.py}: every side one pixel longer, more than 0.5. */
  MINIGPT_V2("minigpt-v2", "IoU > 0.5, each side + 1 pixel") {
    @Override
    public double iou(Box p, Box t) {
      double w = Math.max(0, Math.min(p.x2(), t.x2()) - Math.max(p.x1(), t.x1()) + 1);
      double h = Math.max(0, Math.min(p.y2(), t.y2()) - Math.max(p.y1(), t.y1()) + 1);
      double areas = (p.width() + 1) * (p.height() + 1) + (t.width() + 1) * (t.height() + 1);
      return w * h / (areas - w * h);
    }

    @Override
    public boolean hit(Box p, Box t) {
      return iou(p, t) > HIT;
    }
  };

  private static final double HIT = 0.5;
  private static final float OFA_EPSILON = 1e-6f;
  private static final float EPSILON = 1e-16f;

  private final String key;
  private final String rule;

  CompatRule(String key, String rule) {
    this.key = key;
    this.rule = rule;
  }

  /** Returns the name used in files and tables. */
  public String key() {
    return key;
  }

  /** Returns the rule in a few words. */
  public String rule() {
    return rule;
  }

  /** Returns the overlap as the script computes it. */
  public abstract double iou(Box predicted, Box truth);

  /** Tells whether the script counts a predicted box as right. */
  public abstract boolean hit(Box predicted, Box truth);

  private static float area(Box b) {
    return ((float) b.x2() - (float) b.x1()) * ((float) b.y2() - (float) b.y1());
  }

  private static float clamped(Box p, Box t) {
    float w = Math.min((float) p.x2(), (float) t.x2()) - Math.max((float) p.x1(), (float) t.x1());
    float h = Math.min((float) p.y2(), (float) t.y2()) - Math.max((float) p.y1(), (float) t.y1());
    float intersection = Math.max(0, w) * Math.max(0, h);
    return intersection / (area(p) + area(t) - intersection + EPSILON);
  }
}

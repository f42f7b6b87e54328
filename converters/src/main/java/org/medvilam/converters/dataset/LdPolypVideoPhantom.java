package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.medvilam.converters.phantom.Blob;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomPainter;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomScenes;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.geometry.Box;

/**
 * Draws colonoscopy frames: bright polyps on mucosa around a dark lumen.
 *
 * <p>As in the release: frame names start anew in every video, every sixth frame shows no polyp,
 * text files end their lines in several ways, some boxes reach the edge of the picture, and videos
 * without frame labels are no part of the phantom.
 */
final class LdPolypVideoPhantom {
  private static final int WIDTH = 280;
  private static final int HEIGHT = 240;
  private static final int EMPTY = 6;
  private static final int TRAIN_VIDEOS = 24;
  private static final int TEST_VIDEOS = 6;
  private static final int FIRST_TEST = 101;

  private final PhantomFiles files;
  private final Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();

  private LdPolypVideoPhantom(PhantomFiles files) {
    this.files = files;
  }

  static PhantomTruth draw(PhantomRequest request) throws IOException {
    LdPolypVideoPhantom phantom = new LdPolypVideoPhantom(new PhantomFiles(request.output()));
    int tests = 0;
    for (int i = 0; i < request.images(); i++) {
      boolean test = i % 5 == 4;
      int k = test ? tests++ : i - tests;
      int videos = test ? TEST_VIDEOS : TRAIN_VIDEOS;
      int video = k % videos + (test ? FIRST_TEST : 1);
      phantom.frame(request.seed(), test ? "Test" : "TrainValid", video, k / videos + 1, i);
    }
    return new PhantomTruth(phantom.truth);
  }

  private void frame(long seed, String part, int video, int frame, int number) throws IOException {
    String id = "%d/%04d".formatted(video, frame);
    SplittableRandom random = PhantomPainter.random(seed, id);
    PhantomPainter painter = PhantomScenes.tissue(WIDTH, HEIGHT, random);
    double cx = WIDTH * (0.3 + 0.4 * random.nextDouble());
    double cy = HEIGHT * (0.3 + 0.4 * random.nextDouble());
    painter.paint(Blob.wavy(random, cx, cy, WIDTH * 0.13, HEIGHT * 0.13, 3, 0.2), 0.12, 18);
    List<PhantomTruth.Drawn> drawn = new ArrayList<>();
    for (Blob blob : polyps(random, number)) {
      painter.lighten(blob, 0.28, 7);
      drawn.add(new PhantomTruth.Drawn(LdPolypVideo.LABEL, blob.box(WIDTH, HEIGHT)));
    }
    String path = part + "/%s/" + id;
    files.jpeg(path.formatted(LdPolypVideo.IMAGES) + ".jpg", painter.colour(1, 0.62, 0.5), 0.9);
    files.text(path.formatted(LdPolypVideo.ANNOTATIONS) + ".txt", text(drawn, number));
    truth.put(id, drawn);
  }

  /** Returns no, one or two polyps; every fourth picture has one at the right edge. */
  private static List<Blob> polyps(SplittableRandom random, int number) {
    if (number % EMPTY == EMPTY - 1) {
      return List.of();
    }
    boolean edge = number % 4 == 0;
    Box area = new Box(edge ? WIDTH * 0.6 : 6, 6, edge ? WIDTH + 20 : WIDTH - 6, HEIGHT - 6);
    int count = number % EMPTY == 2 ? 2 : 1;
    return Blob.scatter(random, count, area, WIDTH * 0.16, WIDTH * 0.28, 3, 0.15);
  }

  private static String text(List<PhantomTruth.Drawn> drawn, int number) {
    String end = number % 3 == 1 ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder().append(drawn.size()).append(end);
    for (PhantomTruth.Drawn d : drawn) {
      Box b = d.box();
      text.append(
          "%d %d %d %d%s".formatted((int) b.x1(), (int) b.y1(), (int) b.x2(), (int) b.y2(), end));
    }
    return number % 3 == 2 ? text + end : text.toString();
  }
}

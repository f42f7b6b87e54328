package org.medvilam.fewshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/** Draws subsets on one worker, when the fingerprints of pictures are all there. */
final class DrawFn extends DoFn<Long, Void> {
  private static final long serialVersionUID = 1L;

  private final List<Store> runs;
  private final FewshotOptions options;
  private final KnownStores stores;
  private final Store output;
  private final List<Long> seeds;
  private final boolean several;

  DrawFn(
      List<RunFolder> runs,
      FewshotOptions options,
      KnownStores stores,
      Store output,
      List<Long> seeds,
      boolean several) {
    this.runs = runs.stream().map(RunFolder::store).toList();
    this.options = options;
    this.stores = stores;
    this.output = output;
    this.seeds = List.copyOf(seeds);
    this.several = several;
  }

  @ProcessElement
  public void process() throws IOException {
    if (!output.exists(several ? Fewshot.REPORT : RunFolder.SUCCESS)) {
      Fewshot fewshot = fewshot();
      if (several) {
        fewshot.writeAll(output, seeds);
      } else {
        fewshot.write(output, seeds.get(0));
      }
    }
    output.delete(FingerprintJob.WORK);
  }

  private Fewshot fewshot() throws IOException {
    List<RunFolder> folders = new ArrayList<>();
    for (Store run : runs) {
      folders.add(RunFolder.open(run));
    }
    Engine done = (steps, pieces, progress) -> {}; // this worker comes after the others
    return new Fewshot(folders, options, dataset -> stores.roots().get(dataset), n -> {}, done);
  }
}

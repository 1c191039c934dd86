package dev.elman.cli;

import dev.elman.data.DataException;
import dev.elman.generation.BeamSearch;
import dev.elman.tasks.Trained;
import dev.elman.tasks.TrainedTranslator;
import dev.elman.tasks.Translation;
import dev.elman.tasks.Translator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * {@code elman inspect --attention}: where a translator looked in its source while it wrote each
 * symbol.
 */
final class InspectAttention {
  private InspectAttention() {}

  /**
   * Translates a text and draws the shares.
   *
   * @throws DataException when the model has no attention, or there is no text
   */
  static void run(Trained trained, String text, Path file, PrintWriter out) {
    if (!(trained instanceof TrainedTranslator translator)
        || translator.model().settings().link().attention().isEmpty()) {
      throw new DataException(
          "a translator with attention",
          "a " + trained.model().task() + (trained instanceof TrainedTranslator ? " without" : ""),
          "the model has no weights over its source that could be shown",
          "train one with elman train translator, or look at this one's --states");
    }
    if (text == null) {
      throw new DataException(
          "a text to translate, whose attention is shown",
          "none",
          "--text is missing",
          "add it, as in --text \"hello\"");
    }
    Translation said = new Translator(translator).translate(text, BeamSearch.GREEDY).get(0);
    float[][] shares = said.attention();
    TextTable table = new TextTable("written", "looked most at", "share", "place");
    for (int t = 0; t < shares.length; t++) {
      int most = 0;
      for (int s = 1; s < shares[t].length; s++) {
        most = shares[t][s] > shares[t][most] ? s : most;
      }
      String symbol = InspectUnits.visible(said.target().get(t));
      String source = InspectUnits.visible(said.source().get(most));
      table.row(2, symbol, source, (double) shares[t][most], most + 1);
    }
    HeatMap map =
        new HeatMap(
            "attention: source from left to right, what was written from top to bottom",
            said.source().stream().map(InspectUnits::visible).toList(),
            said.target().stream().map(InspectUnits::visible).toList(),
            Arrays.copyOf(shares, said.target().size()),
            HeatMap.Scale.SHARES);
    PictureFile picture = new PictureFile(file);
    picture.add(map, 90 + 34 * said.target().size());
    picture.write();
    out.println(said.text());
    out.print(table);
    out.println("Picture: " + file);
  }
}

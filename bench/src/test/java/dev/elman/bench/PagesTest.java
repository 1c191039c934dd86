package dev.elman.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds each kind of page to results of which the medians and ratios are easily seen. */
final class PagesTest {
  private static final String HEADING = "# the command\n# the machine\ncolumns\n";

  @TempDir private Path folder;

  @Test
  void benchmarksShowMediansRatiosAndWhatIsSlower() throws IOException {
    String page =
        page(
            "benchmarks",
            """
            1,1,train,LSTM,3,2,4,5,1,1,equal,elman,1,1,20.0,1.100,0.500,6000000
            1,1,train,LSTM,3,2,4,5,1,1,equal,other,1,1,10.0,,,6000000
            1,1,train,LSTM,3,2,4,5,1,1,equal,sgemm-x,1,1,40.0,,,6000000
            1,2,train,LSTM,3,2,4,5,1,1,equal,elman,1,1,40.0,1.300,0.500,6000000
            1,2,train,LSTM,3,2,4,5,1,1,equal,other,1,1,10.0,,,6000000
            1,2,train,LSTM,3,2,4,5,1,1,equal,sgemm-x,1,1,80.0,,,6000000
            2,1,infer,GRU,7,1,4,5,1,1,equal,elman,1,1,9.0,0.800,,3000
            2,1,infer,GRU,7,1,4,5,1,1,equal,other,1,1,10.0,,,3000
            2,1,train,LSTM,3,2,4,5,1,1,equal,elman,1,1,54.0,1.100,,6000000
            2,1,train,LSTM,3,2,4,5,1,1,equal,other,1,1,10.0,,,6000000
            """);
    assertThat(page)
        .contains("# Benchmarks\n\nWritten by `the command`:\nthe machine; elman, other, sgemm-x.")
        .contains("fresh processes: 2. Speeds are GFLOP/s")
        .contains("## Training, 1 thread\n\n| cell | T | B | D | H |")
        .contains(
            "| LSTM | 3 | 2 | 4 | 5 | 1 | 1 | equal | 30.0 | 10.0 | 3.00 | 2.00 | 1.20 | 50 % |"
                + " 0.20 |")
        .contains("## Inference of whole sequences, 2 threads")
        .contains("|\n| train | LSTM | 3 | 2 | 4 | 5 | 1 | 1 | equal | 1.80 |\n\n")
        .contains(
            "in 1 of 3:\n\n"
                + "- Inference of whole sequences, 2 threads: GRU,7,1,4,5,1,1,equal: 0.90, in turn"
                + " 0.80");
  }

  @Test
  void trainingShowsTokensASecondAndTheSpreadOfRatios() throws IOException {
    String page =
        page(
            "training",
            """
            1,1,language,LSTM,64,64,65,256,2,1,equal,elman,1,1,8192.0,1.300,,4096
            1,1,language,LSTM,64,64,65,256,2,1,equal,other,1,1,4096.0,,,4096
            1,2,language,LSTM,64,64,65,256,2,1,equal,elman,1,1,8192.0,1.100,,4096
            1,2,language,LSTM,64,64,65,256,2,1,equal,other,1,1,8192.0,,,4096
            """);
    assertThat(page)
        .contains("Speeds are tokens a second of", "| cell | T | B | V | H |")
        .contains("| equal | 8,192 | 6,144 | 1.50 | 1.00 | 2.00 | 1.20 | 500.00 |")
        .contains("## Language models, 1 thread")
        .endsWith("Nothing: Elman's ratio is 1 or more everywhere, in turn as well.\n");
  }

  @Test
  void shapesShowHowRatiosAreSpreadAndTheLowest() throws IOException {
    String page =
        page(
            "shapes",
            """
            1,1,train,LSTM,3,2,4,5,1,1,equal,elman,1,1,9.0,0.900,
            1,1,train,LSTM,3,2,4,5,1,1,equal,other,1,1,10.0,,
            1,1,train,LSTM,3,2,4,6,1,1,unequal,elman,1,1,30.0,3.000,
            1,1,train,LSTM,3,2,4,6,1,1,unequal,other,1,1,10.0,,
            """);
    assertThat(page)
        .contains("| all | all | 2 | 1 | 0.90 | 0.90 | 3.00 | 3.00 | 3.00 |")
        .contains("| LSTM | unequal | 1 | 0 | 3.00 |")
        .containsSubsequence(
            "the lowest ratios", "| 5 | 1 | 1 | equal | 9.0 | 10.0 | 0.90 |", "3.00");
  }

  @Test
  void memoryShowsWhoTakesMore() throws IOException {
    String page =
        page(
            "memory",
            """
            Layers,1,train,LSTM,3,2,4,5,1,1,equal,elman,300,10.00
            Layers,1,train,LSTM,3,2,4,5,1,1,equal,pytorch,200,20.00
            Layers,2,train,LSTM,3,2,4,5,1,1,equal,elman,100,30.00
            Layers,2,train,LSTM,3,2,4,5,1,1,equal,pytorch,400,20.00
            Long,1,train,LSTM,9,2,4,5,1,1,equal,elman,500,10.00
            Long,1,train,LSTM,9,2,4,5,1,1,equal,elman in a heap,out of memory,
            Long,1,train,LSTM,9,2,4,5,1,1,equal,pytorch,400,10.00
            """);
    assertThat(page)
        .contains("median over 2 fresh processes")
        .contains(
            "| train | LSTM | 3 | 2 | 4 | 5 | 1 | 1 | equal | 200 | 20.0 | 300 | 20.0 | 0.67 |")
        .contains("| elman, MB | ms | elman in a heap, MB | ms | pytorch, MB | ms | ratio |")
        .contains("| 500 | 10.0 | out of memory | - | 400 | 10.0 | 1.25 |")
        .endsWith("takes more than PyTorch:\n\n- Long: train,LSTM,9,2,4,5,1,1,equal: 1.25\n");
  }

  @Test
  void processesShowHowFarTheWorstIsBelowTheMedian() throws IOException {
    String page =
        page(
            "processes",
            """
            1,1,train,LSTM,3,2,4,5,1,1,equal,elman,1,1,50.0,,0.900,3
            1,1,train,LSTM,3,2,4,5,1,1,equal,lasting-x,1,1,50.0,,,3
            1,2,train,LSTM,3,2,4,5,1,1,equal,elman,1,1,40.0,,1.000,3
            1,2,train,LSTM,3,2,4,5,1,1,equal,lasting-x,1,1,50.0,,,3
            1,3,train,LSTM,3,2,4,5,1,1,equal,elman,1,1,30.0,,1.100,3
            1,3,train,LSTM,3,2,4,5,1,1,equal,lasting-x,1,1,50.0,,,3
            """);
    assertThat(page)
        .contains("rounds: 3.")
        .contains("## Training, 1 thread")
        .contains("| equal | 40.0 | 30.0 | 25 % | 80 % | 60 % | 25 % | 100 % | 90 % | 10 % |")
        .doesNotContain("Two threads over one");
  }

  @Test
  void anotherKindOfPageIsRefused() {
    assertThatThrownBy(() -> page("pictures", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("memory or processes, found 'pictures'");
  }

  private String page(String kind, String lines) throws IOException {
    Path results = Files.writeString(folder.resolve("results.csv"), HEADING + lines);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Pages.print(kind, results, new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}

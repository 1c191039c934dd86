package dev.elman.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class PerplexityTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void perplexityIsTheNumberOfEquallyLikelySymbols() {
    double nats = -Math.log(1 / 65.0);
    assertThat(Perplexity.ofNats(nats)).isEqualTo(65, within(1e-9));
    assertThat(Perplexity.toNats(65)).isEqualTo(nats, EXACT);
  }

  @Test
  void fourEquallyLikelySymbolsAreTwoBits() {
    assertThat(Perplexity.bits(Math.log(4))).isEqualTo(2, EXACT);
    assertThat(Perplexity.nats(2)).isEqualTo(Math.log(4), EXACT);
  }

  @Test
  void bitsPerCharacterSpreadTheLossOfWordsOverTheirCharacters() {
    assertThat(Perplexity.bitsPerCharacter(Math.log(1024), 3, 15)).isEqualTo(2, EXACT);
  }
}

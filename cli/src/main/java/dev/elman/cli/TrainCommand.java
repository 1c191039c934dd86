package dev.elman.cli;

import picocli.CommandLine.Command;

/** The verb {@code train}: its tasks are its subcommands. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Train a model for a task; it is saved in a folder, with its measured worth.",
    synopsisSubcommandLabel = "TASK",
    footer = {
      "",
      "Examples:",
      "  elman train forecaster weather.csv --target temp_max,temp_min --horizon 7",
      "  elman train language-model book.txt --hidden 256 --epochs 10",
      "  elman train classifier names.csv --text name --label language --bidirectional",
      "  elman train translator words.csv --source word --target sounds --attention additive"
    },
    subcommands = {
      TrainForecaster.class,
      TrainLanguageModel.class,
      TrainClassifier.class,
      TrainTranslator.class
    })
final class TrainCommand {}

package org.almagest.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code almagest}. */
@Command(
        name = "almagest",
        description = "A catalog of data that has a time and a place.",
        mixinStandardHelpOptions = true)
public final class AlmagestCli implements Runnable {
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new AlmagestCli()).execute(args));
    }
}

package org.almagest.server.main;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.ErrorCode;
import org.almagest.runtime.Clock;
import org.almagest.server.config.SettingsReading;

/** What {@code almagest serve} does; each returns the exit status. */
public final class ServerStart {
    private static final int DONE = 0;
    private static final int REFUSED = ErrorCode.INVALID_REQUEST.exitStatus();

    private ServerStart() {}

    /** Prints every setting with where it came from. */
    public static int printConfig(ServePlan plan, ServeOutput output) {
        SettingsReading reading = plan.read();
        output.lines(reading.settings().lines());
        if (!reading.problems().isEmpty()) {
            output.problems(reading.problems());
            return REFUSED;
        }
        return DONE;
    }

    /** Reads all that a start would read and tells what is wrong; opens no store. */
    public static int check(ServePlan plan, ServeOutput output) {
        Ready ready = Ready.of(plan, Clock.system());
        if (!ready.problems().isEmpty()) {
            output.problems(ready.problems());
            return REFUSED;
        }
        List<String> lines = new ArrayList<>(ready.warnings());
        lines.replaceAll(line -> "warning: " + line);
        lines.add("ok");
        output.lines(lines);
        return DONE;
    }

    /** Serves until a signal asks to stop. */
    public static int run(ServePlan plan, ServeOutput output) {
        Ready ready = Ready.of(plan, Clock.system());
        if (!ready.problems().isEmpty()) {
            output.problems(ready.problems());
            return REFUSED;
        }
        Signals signals = Signals.listen();
        try (RunningServer server = RunningServer.start(plan, ready, output)) {
            output.started(server.addresses());
            signals.await();
            server.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            signals.stopped();
        }
        return DONE;
    }
}

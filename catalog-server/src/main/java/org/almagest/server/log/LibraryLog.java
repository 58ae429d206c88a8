package org.almagest.server.log;

import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Brings what the engine and libraries say through {@code java.util.logging} into the one log. */
public final class LibraryLog extends Handler {
    private static final java.util.logging.Level DEBUG = java.util.logging.Level.FINE;

    /** Kept here, since a logger nobody holds forgets its level. */
    private static final Logger OURS = Logger.getLogger("org.almagest");

    /** Warns that each server registers the same counters again, in a registry that nobody reads. */
    private static final Logger METERS = Logger.getLogger("io.micrometer");

    private final Observer observer;
    private final SimpleFormatter formatter = new SimpleFormatter();

    private LibraryLog(Observer observer) {
        this.observer = observer;
    }

    /** Tells {@code observer} what we say and what libraries warn of from now on, and nobody else. */
    public static void tell(Observer observer) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.addHandler(new LibraryLog(observer));
        root.setLevel(java.util.logging.Level.WARNING);
        OURS.setLevel(java.util.logging.Level.INFO);
        METERS.setLevel(java.util.logging.Level.SEVERE);
    }

    @Override
    public void publish(LogRecord said) {
        if (!isLoggable(said)) {
            return;
        }
        Throwable thrown = said.getThrown();
        String message = formatter.formatMessage(said) + (thrown == null ? "" : ": " + thrown);
        observer.event(new Event(level(said.getLevel()), origin(said.getLoggerName()), message));
    }

    private static String origin(String logger) {
        String name = logger == null ? "" : logger;
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Event.Level level(java.util.logging.Level level) {
        int value = level.intValue();
        if (value >= java.util.logging.Level.SEVERE.intValue()) {
            return Event.Level.ERROR;
        }
        if (value >= java.util.logging.Level.WARNING.intValue()) {
            return Event.Level.WARN;
        }
        return value > DEBUG.intValue() ? Event.Level.INFO : Event.Level.DEBUG;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}

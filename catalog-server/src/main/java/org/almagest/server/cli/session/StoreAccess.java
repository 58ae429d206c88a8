package org.almagest.server.cli.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.error.CatalogException;
import org.almagest.error.NotFoundException;
import org.almagest.error.StoreLockedException;
import org.almagest.server.cli.output.Console;
import org.almagest.server.keys.ServerFolder;

/** Opens the store of a command as the command needs it. */
public final class StoreAccess {
    private static final String CLEAN_CLOSE = "clean_close";

    private final Path folder;
    private final Console console;

    /** A command that reads may be recovering the store of a killed writer just now. */
    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(900);

    private final Duration history;

    /** Creates it; earlier versions stay readable for {@code history}. */
    public StoreAccess(Path folder, Duration history, Console console) {
        this.folder = folder;
        this.history = history;
        this.console = console;
    }

    /**
     * Opens a store that must be there for reading.
     *
     * <p>A store whose writer was killed is recovered first, once, so that reading does not replay the log each time;
     * while another process writes, the view is that of the moment of opening.
     */
    public Catalog read() {
        Catalog view = readAsIs();
        boolean clean = view.maintenance()
                .map(maintenance -> maintenance.statistics().getOrDefault(CLEAN_CLOSE, 1L) != 0)
                .orElse(true);
        if (clean || !recovered()) {
            return view;
        }
        view.close();
        return readAsIs();
    }

    /** Opens a store that must be there for reading, and never writes to it. */
    public Catalog readAsIs() {
        return Catalog.open(requiredFolder(), CatalogOptions.readOnly().withHistoryRetention(history));
    }

    private CatalogOptions writing() {
        return CatalogOptions.defaults().withLockTimeout(LOCK_TIMEOUT).withHistoryRetention(history);
    }

    /** Opens a store that must be there for writing. */
    public Catalog write() {
        return Catalog.open(requiredFolder(), writing());
    }

    /** Opens a store for writing; creates it where there is none, in a folder that is its owner's alone. */
    public Catalog writeOrCreate() {
        ServerFolder.makePrivate(folder); // keys may come to lie in it
        return Catalog.open(folder, writing());
    }

    private boolean recovered() {
        try {
            Catalog.open(folder, writing().withLockTimeout(Duration.ZERO)).close();
            return true;
        } catch (StoreLockedException e) {
            return false; // it has a writer, so there is nothing to recover
        } catch (CatalogException e) {
            console.say("almagest: not recovered, reading it as it is: " + e.getMessage());
            return false;
        }
    }

    /** Returns the folder, which is there. */
    public Path requiredFolder() {
        if (!Files.isDirectory(folder)) {
            throw new NotFoundException("store " + folder
                    + ": no such folder (make one with \"almagest dataset create\", \"almagest ingest --create\" or"
                    + " \"almagest quickstart\", or name another with --store)");
        }
        return folder;
    }
}

package org.almagest.storage.engine;

import java.io.IOException;
import java.nio.file.Path;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;

/** A process that opens a store for reading, and reads it once it is told to. */
final class OpenReader {
    private OpenReader() {}

    /** Takes the folder; says "open", waits for a byte, and prints what the store holds. */
    public static void main(String[] arguments) throws IOException {
        try (Catalog catalog = Catalog.open(Path.of(arguments[0]), CatalogOptions.readOnly())) {
            System.out.println("open");
            System.out.flush();
            if (System.in.read() >= 0) {
                System.out.print(ExpectedCatalog.read(catalog));
            }
        }
    }
}

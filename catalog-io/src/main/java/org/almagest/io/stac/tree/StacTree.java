package org.almagest.io.stac.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.JsonSources;
import org.almagest.io.JsonTexts;
import org.almagest.io.JsonTrees;
import org.almagest.io.SourceBytes;
import org.almagest.io.SourceRow;
import org.almagest.io.stac.StacCollection;
import org.almagest.model.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Walks STAC files: a static catalog by its links, a folder by its files, or one file of items or collections.
 *
 * <p>Only files below the folder that the walk began in are read; links to other machines are reported. A catalog that
 * links to itself is read once, and no deeper than {@link #DEPTH_MAX} links. One thread.
 */
public final class StacTree {
    /** How many links lead from the first catalog to the last at most. */
    public static final int DEPTH_MAX = 64;

    private static final List<String> BEGINNINGS = List.of("catalog.json", "collection.json");
    private static final Set<String> FOLLOWED = Set.of("child", "item", "items");
    private static final Pattern FILES =
            Pattern.compile(".*\\.(json|geojson|ndjson|jsonl|ndgeojson|geojsonl)(\\.gz)?|.*\\.parquet");
    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

    private final TreeLinks links;
    private final Limits limits;
    private final TreeVisitor visitor;
    private final Set<Path> catalogs = new HashSet<>();
    private final boolean follows;

    private StacTree(TreeLinks links, Limits limits, TreeVisitor visitor, boolean follows) {
        this.links = links;
        this.limits = limits;
        this.visitor = visitor;
        this.follows = follows;
    }

    /**
     * Tells a visitor what there is.
     *
     * @param start a file; or a folder, the {@code catalog.json} or {@code collection.json} of which is followed, else
     *     all files of which are read
     * @throws InvalidRequestException if there is no such file or folder
     */
    public static void walk(Path start, Limits limits, TreeVisitor visitor) {
        try {
            if (!Files.isDirectory(start)) {
                requireFile(start);
                Path folder = start.toRealPath().getParent();
                new StacTree(new TreeLinks(folder == null ? start : folder), limits, visitor, true)
                        .file(start, null, 0);
                return;
            }
            for (String name : BEGINNINGS) {
                Path beginning = start.resolve(name);
                if (Files.isRegularFile(beginning)) {
                    new StacTree(new TreeLinks(start), limits, visitor, true).inFolder(beginning);
                    return;
                }
            }
            StacTree tree = new StacTree(new TreeLinks(start), limits, visitor, false);
            for (Path file : tree.files(start)) {
                tree.inFolder(file);
            }
        } catch (IOException e) {
            throw SourceBytes.unreadable(start.toString(), e);
        }
    }

    private static void requireFile(Path start) {
        if (!Files.exists(start)) {
            throw new InvalidRequestException(start.toString(), "no such file");
        }
    }

    private List<Path> files(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (FILES.matcher(file.toString().toLowerCase(Locale.ROOT)).matches() && Files.isRegularFile(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                reject(
                        file.toString(),
                        SourceBytes.unreadable(file.toString(), failure).getMessage());
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    /** Reads a file of the folder, unless it is a symbolic link out of it. */
    private void inFolder(Path file) throws IOException {
        if (links.contains(file)) {
            file(file, null, 0);
        } else {
            reject(file.toString(), file + ": a symbolic link that leads out of the folder");
        }
    }

    private void file(Path file, @Nullable String parent, int depth) {
        try {
            if (isParquet(file)) {
                visitor.parquet(file);
            } else {
                texts(file, parent, depth);
            }
        } catch (InvalidRequestException | LimitExceededException e) {
            reject(file.toString(), e.getMessage());
        } catch (IOException e) {
            reject(file.toString(), SourceBytes.unreadable(file.toString(), e).getMessage());
        }
    }

    private static boolean isParquet(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return Arrays.equals(bytes.readNBytes(PARQUET.length), PARQUET);
        }
    }

    private void texts(Path file, @Nullable String parent, int depth) {
        List<Runnable> behind = new ArrayList<>();
        try (SourceBytes bytes = SourceBytes.open(file)) {
            JsonTexts texts = JsonSources.texts(bytes, limits);
            while (texts.advance()) {
                String place = SourceRow.place(bytes.file(), texts.line());
                try {
                    text(file, texts, parent, depth, behind);
                } catch (InvalidRequestException e) {
                    reject(place, e.within(place).getMessage());
                } catch (LimitExceededException e) {
                    reject(place, e.within(place).getMessage());
                }
            }
        }
        behind.forEach(Runnable::run); // with the file closed, so that depth costs no open files
    }

    private void text(Path file, JsonTexts texts, @Nullable String parent, int depth, List<Runnable> behind) {
        JsonObject object = JsonTrees.object(texts, limits);
        String type = object.member("type") instanceof JsonString text ? text.value() : untyped(object);
        switch (type) {
            case "Feature" ->
                visitor.item(new TreeItem(
                        object, parent, SourceRow.place(file.toString(), texts.line()), texts.length(), null));
            case "Collection" -> {
                StacCollection collection = collection(object);
                behind.add(() -> follow(file, object, collection.id(), depth));
            }
            case "Catalog" -> behind.add(() -> follow(file, object, parent, depth));
            default -> {
                if (!(object.member("collections") instanceof JsonArray listed)) {
                    throw new InvalidRequestException(
                            "type", Quoted.text(type) + " (expected Feature, Collection or Catalog)");
                }
                for (JsonValue element : listed.elements()) {
                    if (element instanceof JsonObject one) {
                        collection(one);
                    }
                }
            }
        }
    }

    /** Before STAC 1.0 collections had no type. */
    private static String untyped(JsonObject object) {
        return object.member("id") instanceof JsonString && object.member("extent") != null ? "Collection" : "";
    }

    private StacCollection collection(JsonObject object) {
        StacCollection collection = StacCollection.of(TreeDocuments.withoutStructure(object), limits);
        visitor.collection(collection);
        return collection;
    }

    private void follow(Path file, JsonObject catalog, @Nullable String parent, int depth) {
        if (!follows || !(catalog.member("links") instanceof JsonArray all)) {
            return;
        }
        if (depth >= DEPTH_MAX) {
            reject(file.toString(), file + ": deeper than " + DEPTH_MAX + " links");
            return;
        }
        if (!catalogs.add(real(file))) {
            return; // read before: catalogs may link to each other in a circle
        }
        for (JsonValue element : all.elements()) {
            if (element instanceof JsonObject link
                    && link.member("rel") instanceof JsonString rel
                    && FOLLOWED.contains(rel.value())
                    && link.member("href") instanceof JsonString href) {
                try {
                    file(links.file(file, href.value()), parent, depth + 1);
                } catch (InvalidRequestException e) {
                    reject(file.toString(), e.within(file.toString()).getMessage());
                }
            }
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    private void reject(String place, @Nullable String reason) {
        visitor.rejected(place, String.valueOf(reason));
    }
}

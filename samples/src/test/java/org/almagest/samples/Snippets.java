package org.almagest.samples;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Java programs of a Markdown page: its fenced blocks marked {@code java}. */
final class Snippets {
    /** What a reader of a page may take for granted; {@code Collection} is the API's. */
    private static final List<String> IMPORTS = List.of(
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "org.almagest.*",
            "org.almagest.Collection",
            "org.almagest.model.*",
            "org.almagest.query.*",
            "org.almagest.schema.*",
            "org.locationtech.jts.geom.*",
            "static org.almagest.query.FieldOperand.field");

    private Snippets() {}

    /** One block and the line of its page on which it begins. */
    record Snippet(Path page, int line, String code) {
        String className() {
            String stem = page.getFileName().toString().replaceAll("[^A-Za-z0-9]", "_");
            return "Snippet_" + stem + "_" + line;
        }

        /** Returns the block as a class: as it stands when it declares one, else as its main method. */
        String source() {
            StringBuilder imports = new StringBuilder();
            StringBuilder body = new StringBuilder();
            for (String row : code.split("\n")) {
                (row.startsWith("import ") ? imports : body).append(row).append('\n');
            }
            IMPORTS.forEach(name -> imports.append("import ").append(name).append(";\n"));
            return imports + "public class " + className()
                    + " {\n  public static void main(String[] args) throws Exception {\n" + body + "  }\n}\n";
        }
    }

    /** Returns the blocks of a page, top to bottom. */
    static List<Snippet> of(Path page) throws IOException {
        List<Snippet> found = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals("```java")) {
                int end = i + 1;
                while (end < lines.size() && !lines.get(end).strip().equals("```")) {
                    end++;
                }
                found.add(new Snippet(page, i + 1, String.join("\n", lines.subList(i + 1, end))));
                i = end;
            }
        }
        return found;
    }

    /** Compiles a block into a folder; returns what the compiler says, empty when it is content. */
    static String compile(Snippet snippet, Path folder) throws IOException {
        Path source = folder.resolve(snippet.className() + ".java");
        Files.writeString(source, snippet.source());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            return compiled ? "" : snippet.page() + ":" + snippet.line() + ": " + said;
        }
    }

    /** Returns the Markdown pages of the repository. */
    static List<Path> pages(Path root) throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(root)) {
            top.filter(Snippets::isPage).sorted().forEach(pages::add);
        }
        Path docs = root.resolve("docs");
        if (Files.isDirectory(docs)) {
            try (Stream<Path> walk = Files.walk(docs)) {
                walk.filter(Snippets::isPage).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    private static boolean isPage(Path path) {
        return path.toString().endsWith(".md");
    }
}

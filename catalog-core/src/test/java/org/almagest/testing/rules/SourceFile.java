package org.almagest.testing.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One Java source file as the compiler's parser sees it.
 *
 * @param path relative to the source folder, with slashes
 */
record SourceFile(String path, List<String> text, List<String> imports, List<String> typeNames, List<Method> methods) {
    /** A method or constructor with a body: its lines from the first of its signature to its brace. */
    record Method(String name, int lines, int parameters) {}

    /** Parses every source file below a folder, in path order; none when the folder is missing. */
    static List<SourceFile> under(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        return paths.isEmpty() ? List.of() : parse(folder, paths);
    }

    /** Returns a path with slashes on every platform. */
    static String slashed(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }

    int nonBlankLines() {
        return (int) text.stream().filter(line -> !line.isBlank()).count();
    }

    /** Returns {@code path:line: text} of every line that holds one of the words. */
    List<String> linesWith(String... words) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            for (String word : words) {
                if (text.get(i).contains(word)) {
                    found.add(path + ":" + (i + 1) + ": " + text.get(i).strip());
                }
            }
        }
        return found;
    }

    private static List<SourceFile> parse(Path folder, List<Path> paths) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(paths));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<SourceFile> parsed = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                Path path = Path.of(unit.getSourceFile().toUri());
                Reader reader = new Reader(unit, positions);
                reader.scan(unit, null);
                parsed.add(new SourceFile(
                        slashed(folder.toAbsolutePath().relativize(path)),
                        Files.readAllLines(path),
                        unit.getImports().stream()
                                .map(line -> line.getQualifiedIdentifier().toString())
                                .toList(),
                        List.copyOf(reader.typeNames),
                        List.copyOf(reader.methods)));
            }
            return parsed;
        }
    }

    private static final class Reader extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final String source;
        private final List<String> typeNames = new ArrayList<>();
        private final List<Method> methods = new ArrayList<>();

        Reader(CompilationUnitTree unit, SourcePositions positions) throws IOException {
            this.unit = unit;
            this.source = unit.getSourceFile().getCharContent(true).toString();
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (!type.getSimpleName().isEmpty()) {
                typeNames.add(type.getSimpleName().toString());
            }
            return super.visitClass(type, unused);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            LineMap lines = unit.getLineMap();
            long start = positions.getStartPosition(unit, method);
            long end = positions.getEndPosition(unit, method);
            // Constructors the parser makes up itself have no position.
            if (start >= 0 && end >= start) {
                int count = (int) (lines.getLineNumber(end) - lines.getLineNumber(start) + 1);
                boolean constructor = method.getName().contentEquals("<init>");
                String name = constructor ? "constructor" : method.getName().toString();
                methods.add(new Method(name, count, parameters(method, start)));
            }
            return super.visitMethod(method, unused);
        }

        /** A compact constructor repeats its record's components; it has no parameter list of its own. */
        private int parameters(MethodTree method, long start) {
            boolean compact = method.getName().contentEquals("<init>")
                    && !source.substring((int) start, source.indexOf('{', (int) start))
                            .contains("(");
            return compact ? 0 : method.getParameters().size();
        }
    }
}

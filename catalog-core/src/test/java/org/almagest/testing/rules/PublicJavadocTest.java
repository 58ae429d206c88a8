package org.almagest.testing.rules;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What users compile against is described: every public member of an exported package that is not internal, first sentence short. */
class PublicJavadocTest {
    private static final int FIRST_SENTENCE_MAX = 100;
    private static final Path SOURCES = Path.of("src", "main", "java");

    @Test
    void everyPublicMemberIsDescribed() throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(SOURCES)) {
            paths = walk.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        List<String> wrong = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(paths));
            Set<String> exported = new TreeSet<>();
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            units.forEach(unit -> exported.addAll(exports(unit)));
            for (CompilationUnitTree unit : units) {
                if (unit.getPackageName() != null
                        && exported.contains(unit.getPackageName().toString())) {
                    new Reader(DocTrees.instance(task), wrong).scan(unit, null);
                }
            }
        }
        if (!wrong.isEmpty()) {
            fail("javadoc of the public API:\n" + String.join("\n", wrong));
        }
    }

    private static List<String> exports(CompilationUnitTree unit) {
        if (unit.getModule() == null) {
            return List.of();
        }
        return unit.getModule().getDirectives().stream()
                .filter(ExportsTree.class::isInstance)
                .map(ExportsTree.class::cast)
                .filter(line -> line.getModuleNames() == null)
                .map(line -> line.getPackageName().toString())
                .filter(name -> !name.contains(".internal."))
                .toList();
    }

    /** Visits what is public all the way up; an interface's members are. */
    private static final class Reader extends TreePathScanner<Void, Void> {
        private final DocTrees trees;
        private final List<String> wrong;

        Reader(DocTrees trees, List<String> wrong) {
            this.trees = trees;
            this.wrong = wrong;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (!isOpen(type.getModifiers())) {
                return null;
            }
            check(type.getSimpleName().toString());
            return super.visitClass(type, unused);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            ModifiersTree modifiers = method.getModifiers();
            boolean overrides = modifiers.getAnnotations().stream()
                    .anyMatch(note -> note.getAnnotationType().toString().equals("Override"));
            // A record's canonical constructor is described by the record.
            boolean ofRecord = enclosing().getKind() == Tree.Kind.RECORD
                    && method.getName().contentEquals("<init>");
            if (isOpen(modifiers) && !overrides && !ofRecord) {
                check(method.getName().toString());
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void unused) {
            boolean enumConstant = enclosing().getKind() == Tree.Kind.ENUM
                    && field.getModifiers().getFlags().contains(Modifier.STATIC)
                    && field.getType()
                            .toString()
                            .equals(enclosing().getSimpleName().toString());
            boolean component = enclosing().getKind() == Tree.Kind.RECORD
                    && !field.getModifiers().getFlags().contains(Modifier.STATIC);
            if (isOpen(field.getModifiers()) && !component && !enumConstant) {
                check(field.getName().toString());
            }
            return null;
        }

        private ClassTree enclosing() {
            return (ClassTree) getCurrentPath().getParentPath().getLeaf();
        }

        private boolean isOpen(ModifiersTree modifiers) {
            Set<Modifier> flags = modifiers.getFlags();
            TreePath parent = getCurrentPath().getParentPath();
            boolean inInterface = parent != null && parent.getLeaf().getKind() == Tree.Kind.INTERFACE;
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || inInterface && !flags.contains(Modifier.PRIVATE);
        }

        private void check(String name) {
            TreePath path = getCurrentPath();
            CompilationUnitTree unit = path.getCompilationUnit();
            long line =
                    unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, path.getLeaf()));
            String where = unit.getPackageName() + "."
                    + Path.of(unit.getSourceFile().toUri()).getFileName() + ":" + line + " " + name;
            DocCommentTree comment = trees.getDocCommentTree(path);
            if (comment == null) {
                wrong.add(where + ": no javadoc");
                return;
            }
            StringBuilder first = new StringBuilder();
            comment.getFirstSentence().forEach(first::append);
            int length = first.toString()
                    .replaceAll("\\{@\\w+ ([^}]*)}", "$1")
                    .replaceAll("\\s+", " ")
                    .length();
            if (length == 0 || length > FIRST_SENTENCE_MAX) {
                wrong.add(where + ": first sentence: " + length + " characters (1 to " + FIRST_SENTENCE_MAX + ")");
            }
        }
    }
}

package dev.larder.jcache.internal.config;

import dev.larder.store.StoreProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a {@link LarderFile} of the parts of a file, or says what is wrong with them. */
final class FileParser {

    private final Node.Table root;
    private final StoreProviders providers;
    private final ClassLoader classLoader;

    FileParser(Node.Table root, StoreProviders providers, ClassLoader classLoader) {
        this.root = root;
        this.providers = providers;
        this.classLoader = classLoader;
    }

    LarderFile parse() {
        LarderFile file = new LarderFile(
                root.place().file(),
                strict(),
                defaults(),
                stores(),
                blocks(FileKey.TEMPLATES, Settings.EVERYWHERE, this::requirePattern),
                blocks(FileKey.CACHES, Settings.OF_CACHES, name -> {}));
        file.check();
        return file;
    }

    private @Nullable Node strict() {
        Node node = root.get(FileKey.STRICT.key());
        return node != null && Shape.value(node, Scalars::toBoolean) ? node : null;
    }

    private Block defaults() {
        Node.Table table = section(FileKey.DEFAULTS);
        Shape.requireKnownKeys(table, names(Settings.EVERYWHERE));
        return Block.parse(table, Settings.EVERYWHERE, classLoader);
    }

    private Map<String, Block> blocks(FileKey key, List<Setting<?>> settings, Consumer<Node.Table> check) {
        List<String> known = names(settings);
        known.add(Block.EXTENDS);
        Map<String, Block> blocks = new LinkedHashMap<>();
        section(key).entries().forEach((name, node) -> {
            Node.Table table = Shape.table(node);
            check.accept(table);
            Shape.requireKnownKeys(table, known);
            blocks.put(name, Block.parse(table, settings, classLoader));
        });
        return blocks;
    }

    private void requirePattern(Node.Table template) {
        String pattern = template.path().last();
        if (pattern.isEmpty()) {
            throw Problem.at(template, "an empty pattern matches no cache; write a name, or \"*\" for every cache");
        }
        if (pattern.contains("**")) {
            throw Problem.at(template, "two stars in a row mean no more than one; write one");
        }
    }

    private Map<String, StoreDeclaration> stores() {
        Map<String, StoreDeclaration> stores = new LinkedHashMap<>();
        section(FileKey.STORES).entries().forEach((name, node) -> stores.put(name, store(Shape.table(node))));
        if (stores.containsKey(NamedStores.HEAP)) {
            throw Problem.at(
                    section(FileKey.STORES), "\"heap\" is there already, without settings; choose another name");
        }
        KeyPath path = KeyPath.of(FileKey.STORES.key(), NamedStores.HEAP);
        stores.put(NamedStores.HEAP, store(providers.get(NamedStores.HEAP), Node.Table.empty(path, root.place())));
        return stores;
    }

    private StoreDeclaration store(Node.Table named) {
        String type = type(named, providers.types());
        return store(providers.get(type), Shape.table(Objects.requireNonNull(named.get(type))));
    }

    private static StoreDeclaration store(StoreProvider<?> provider, Node.Table settings) {
        Node.Table marked = Secrets.marked(settings, StoreSchema.of(provider).secrets());
        return new StoreDeclaration(provider, RecordBinder.bind(marked, provider.settingsType()), marked);
    }

    /** Returns the one key of a store, which is the word for its kind. */
    static String type(Node.Table named, Set<String> types) {
        List<String> keys = new ArrayList<>(named.entries().keySet());
        if (keys.size() != 1) {
            throw Problem.at(
                    named,
                    "a store has one key, the word for its type, and this one has "
                            + (keys.isEmpty() ? "none" : String.join(", ", keys)) + "; known here: "
                            + String.join(", ", types));
        }
        Shape.requireKnownKeys(named, types);
        return keys.get(0);
    }

    private Node.Table section(FileKey key) {
        Node node = root.get(key.key());
        return node == null ? Node.Table.empty(KeyPath.of(key.key()), root.place()) : Shape.table(node);
    }

    private static List<String> names(List<Setting<?>> settings) {
        return new ArrayList<>(settings.stream().map(Setting::name).toList());
    }
}

package dev.larder.jcache.internal.config;

import dev.larder.jcache.internal.config.FileConfiguration.Effect;
import dev.larder.jcache.internal.config.Setting.Value;
import java.util.List;

/**
 * Writes the configuration in effect for people: each value with where it comes from.
 *
 * <pre>
 * cache "products": template "products*"
 *     store                heap                     default
 *     maximumSize          "10_000"                 defaults.maximumSize, line 2
 *     expiry                                        said by the code
 * </pre>
 */
final class Description {

    private final LarderFile file;
    private final StringBuilder text = new StringBuilder();

    Description(LarderFile file) {
        this.file = file;
    }

    String of(List<Effect> caches) {
        text.append(file.name()).append(file.strict() == null ? "" : ", strict").append('\n');
        file.stores().forEach(this::store);
        caches.forEach(this::cache);
        return text.toString();
    }

    private void store(String name, StoreDeclaration store) {
        if (!name.equals(NamedStores.HEAP)) {
            text.append("\nstore \"" + name + "\": " + store.provider().type() + "\n");
            leaves(store.node(), "");
        }
    }

    private void leaves(Node node, String name) {
        if (node instanceof Node.Table table) {
            table.entries().forEach((key, below) -> leaves(below, name.isEmpty() ? key : name + "." + key));
        } else if (node instanceof Node.Items list) {
            list.items().forEach(item -> leaves(item, name));
        } else if (node instanceof Node.Scalar scalar) {
            row(name, scalar.shown(), scalar.place().where());
        }
    }

    private void cache(Effect effect) {
        Resolved resolved = effect.resolved();
        Block template = resolved.template();
        text.append("\ncache \"" + resolved.cacheName() + "\": "
                + (template == null ? "no template" : "template \"" + template.name() + "\"") + "\n");
        List<Setting<?>> settings = resolved.declared() ? Settings.OF_CACHES : Settings.EVERYWHERE;
        for (Setting<?> setting : settings) {
            Value<?> value = resolved.values().get(setting);
            if (effect.saidByCode().contains(setting.group())) {
                continue;
            }
            if (value != null && effect.leftOut().contains(setting.name())) {
                row(setting.name(), "", "left out, as there is no loader: " + origin(value.node()));
            } else if (value != null) {
                row(setting.name(), value.node().shown(), origin(value.node()));
            } else if (showsDefault(setting, settings, resolved)) {
                row(setting.name(), setting.defaultValue().replace("`", ""), "default");
            }
        }
        effect.saidByCode().forEach(group -> row(group, "", "said by the code"));
    }

    /** Of settings that exclude each other the first stands for all, if none is set. */
    private static boolean showsDefault(Setting<?> setting, List<Setting<?>> settings, Resolved resolved) {
        List<Setting<?>> rivals = settings.stream().filter(setting::excludes).toList();
        return rivals.isEmpty()
                || (rivals.stream().noneMatch(resolved.values()::containsKey)
                        && settings.indexOf(setting) < settings.indexOf(rivals.get(0)));
    }

    private static String origin(Node.Scalar node) {
        return node.path() + ", " + node.place().where();
    }

    private void row(String name, String value, String origin) {
        text.append(String.format("    %-20s %-24s %s%n", name, value, origin).replaceAll(" +(\\R)", "$1"));
    }
}

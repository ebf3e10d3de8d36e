package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.store.StoreContext;
import dev.larder.store.heap.HeapStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jackson is loaded by the caches that need it, and works without where none does. */
class WithoutJacksonTest {

    @Test
    void heapStoreAndSelfDescribingValuesDoWithoutJackson() throws Exception {
        Class<?> program = new NoJackson().loadClass(Program.class.getName());

        Object result = program.getMethod("run").invoke(null);

        assertThat(program).isNotSameAs(Program.class);
        assertThat(result).isEqualTo("{k=[1, a]}");
    }

    @Test
    void whatNeedsJacksonDoesNot() throws Exception {
        Class<?> program = new NoJackson().loadClass(Program.class.getName());

        assertThatThrownBy(() -> program.getMethod("runWithJson").invoke(null))
                .hasRootCauseInstanceOf(ClassNotFoundException.class);
    }

    /** What runs in a world of its own. */
    public static final class Program {

        private Program() {}

        public static String run() {
            StoreContext<Object, Object> context = StoreContext.of("c", Object.class, Object.class);
            HeapStore.unbounded().open(context).close();
            EntryCodec<Object, Object> codec = context.codecs().open("c", 0);
            byte[] key = codec.key("k");
            byte[] frame = codec.frame(key, Map.of("k", List.of(1, "a")), 1);
            return ((EntryReading.Stored<?>) codec.read(key, frame)).value().toString();
        }

        public static void runWithJson() {
            EntryCodec<Program, Program> unused =
                    CodecSettings.of(Program.class, Program.class).open("c", 0);
        }
    }

    /** Knows Larder as if for the first time, and nothing of Jackson. */
    private static final class NoJackson extends ClassLoader {

        NoJackson() {
            super(NoJackson.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("tools.jackson.") || name.startsWith("com.fasterxml.")) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null) {
                    loaded = name.startsWith("dev.larder.") ? define(name) : super.loadClass(name, resolve);
                }
                return loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream source = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = source.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}

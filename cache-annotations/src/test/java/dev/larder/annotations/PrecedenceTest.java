package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.annotations.internal.method.MethodModel;
import dev.larder.annotations.internal.method.MethodModels;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;

/** Which annotation counts if there are several. */
class PrecedenceTest {

    private static MethodModel model(Class<?> type) throws NoSuchMethodException {
        return MethodModels.find(type, type.getMethod("find", String.class, String.class));
    }

    private static String cacheOf(Class<?> type) throws NoSuchMethodException {
        return model(type).getCacheName();
    }

    /** At a method. */
    interface Far {

        @CacheResult(cacheName = "far")
        String find(String key, String other);
    }

    /** Nearer to the class. */
    interface Near extends Far {

        @Override
        @CacheResult(cacheName = "near")
        String find(@CacheKey String key, String other);
    }

    /** In between. */
    static class Middle implements Near {

        @Override
        public String find(String key, @CacheKey String other) {
            return key;
        }
    }

    /** A superclass with an annotation at its method. */
    static class Above extends Middle {

        @Override
        @CacheResult(cacheName = "above")
        public String find(String key, String other) {
            return key;
        }
    }

    /** Repeats nothing. */
    static class Below extends Above {

        @Override
        public String find(String key, @CacheKey String other) {
            return key;
        }
    }

    /** Says it at the class only. */
    @CacheResult(cacheName = "class")
    static class AtClass extends Middle {}

    /** Says it at the class, of a method that nobody annotates. */
    @CacheResult(cacheName = "class")
    static class AtClassAlone {

        public String find(String key, String other) {
            return key;
        }
    }

    /** Has one at the class as well. */
    @CacheResult(cacheName = "subclass")
    static class AtSubclassAlone extends AtClassAlone {}

    @Test
    void nearestMethodDecides() throws Exception {
        assertThat(cacheOf(Above.class)).isEqualTo("above");
        assertThat(cacheOf(Below.class)).isEqualTo("above");
        assertThat(cacheOf(Middle.class)).isEqualTo("near");
    }

    @Test
    void methodOfAnInterfaceComesBeforeTheClassItself() throws Exception {
        assertThat(cacheOf(AtClass.class)).isEqualTo("near");
        assertThat(cacheOf(AtClassAlone.class)).isEqualTo("class");
        assertThat(cacheOf(AtSubclassAlone.class)).isEqualTo("subclass");
    }

    @Test
    void parametersAreThoseOfTheMethodThatDecides() throws Exception {
        assertThat(model(Middle.class).keyParameters()).hasSize(1).first().matches(key -> key.position() == 0);
        assertThat(model(Below.class).keyParameters()).hasSize(2);
    }

    /** With defaults of its own. */
    @CacheDefaults(cacheName = "unrelated")
    interface Unrelated {}

    /** With a method that takes its own. */
    @CacheDefaults(cacheName = "found")
    interface Found {

        @CacheResult
        String find(String key, String other);
    }

    /** Of two interfaces. */
    static class Both implements Unrelated, Found {

        @Override
        public String find(String key, String other) {
            return key;
        }
    }

    /** With defaults, which what is above it takes. */
    @CacheDefaults(cacheName = "both")
    static class BothWithDefaults extends Both {}

    /** Without defaults. */
    interface Plain {

        @CacheResult
        String find(String key, String other);
    }

    /** Without defaults, of an interface that has some. */
    interface Inheriting extends Found {

        @Override
        @CacheResult
        String find(String key, String other);
    }

    @Test
    void defaultsOfAnInterfaceAreNotForThoseBesideIt() throws Exception {
        abstract class Inherits implements Unrelated, Inheriting {}

        assertThat(cacheOf(Both.class)).isEqualTo("found");
        assertThat(cacheOf(Inherits.class)).isEqualTo("found");
    }

    @Test
    void defaultsOfTheClassAreForWhatItInherits() throws Exception {
        assertThat(cacheOf(BothWithDefaults.class)).isEqualTo("both");
    }

    @Test
    void defaultsOfAnInterfaceBesideAreTakenIfThereAreNoOthers() throws Exception {
        abstract class Implements implements Unrelated, Plain {}

        assertThat(cacheOf(Implements.class)).isEqualTo("unrelated");
    }
}

package dev.larder.annotations.cases;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** Annotations that stand elsewhere than at the method that is called. */
public final class Inherited {

    private static final AtomicInteger CALLS = new AtomicInteger();

    private Inherited() {}

    private static String answer(Object key) {
        return key + " " + CALLS.incrementAndGet();
    }

    /** At methods of an interface, with a variable for a parameter. */
    @CacheDefaults(cacheName = "repository")
    public interface Repository<K, V> {

        @CacheResult
        V find(K key);

        V findPlain(K key);

        @CacheRemoveAll
        void forget();
    }

    /** Implements it; the method that is found here has a bridge. */
    public static class Users implements Repository<Long, String> {

        @Override
        public String find(Long key) {
            return answer(key);
        }

        /** Looks like it, and is not meant. */
        public String find(String key) {
            return answer(key);
        }

        @Override
        public String findPlain(Long key) {
            return answer(key);
        }

        @Override
        public void forget() {}
    }

    /** Says it at a method of a class, whose subclass does not repeat it. */
    public interface Codes {

        String code(String name);
    }

    /** The class. */
    @CacheDefaults(cacheName = "codes")
    public abstract static class AbstractCodes implements Codes {

        @Override
        @CacheResult
        public String code(String name) {
            return answer(name);
        }
    }

    /** The subclass. */
    public static class CodesBean extends AbstractCodes {

        @Override
        public String code(String name) {
            return "sub " + super.code(name);
        }
    }

    /** Says all in the defaults of its class. */
    public interface Defaults {

        String find(String name);

        void put(String name, String value);

        String findByItself(String name);
    }

    /** The class. */
    @CacheDefaults(cacheName = "defaults", cacheKeyGenerator = FirstLetter.class, cacheResolverFactory = Renaming.class)
    public static class DefaultsBean implements Defaults {

        @Override
        @CacheResult
        public String find(String name) {
            return answer(name);
        }

        @Override
        @CachePut
        public void put(String name, @CacheValue String value) {}

        @Override
        @CacheResult(cacheName = "own", cacheKeyGenerator = LastLetter.class)
        public String findByItself(String name) {
            return answer(name);
        }
    }

    /** With a cache that only a template knows. */
    public interface Templated {

        String find(String name);
    }

    /** Its implementation. */
    public static class TemplatedBean implements Templated {

        @Override
        @CacheResult(cacheName = "templated-names")
        public String find(String name) {
            return answer(name);
        }
    }

    /** With a method of the default name. */
    public interface Nameless {

        String find(String name, int number, List<String> others);
    }

    /** Its implementation. */
    public static class NamelessBean implements Nameless {

        @Override
        @CacheResult
        public String find(String name, int number, List<String> others) {
            return answer(name);
        }
    }

    /** For all methods at once. */
    public interface Words {

        String word(String name);

        void say(String name);
    }

    /** Says it at the class. */
    @CacheResult(cacheName = "words")
    public static class WordsBean implements Words {

        @Override
        public String word(String name) {
            return answer(name);
        }

        @Override
        public void say(String name) {}

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString() {
            return answer("words");
        }
    }

    /** With a method that is only here. */
    @CacheDefaults(cacheName = "greetings")
    public interface Greeting {

        @CacheResult
        default String greet(String name) {
            return answer(name);
        }
    }

    /** Leaves it as it is. */
    public static class GreetingBean implements Greeting {}

    /** Puts and finds. */
    public interface Stock {

        void put(String item, int number);

        String describe(String item);
    }

    /** Says it at the class. */
    @CachePut(cacheName = "stock")
    public static class StockBean implements Stock {

        @Override
        public void put(@CacheKey String item, @CacheValue int number) {}

        @Override
        public String describe(String item) {
            return answer(item);
        }
    }

    /** Says it at the interface. */
    @CacheResult(cacheName = "numbers")
    public interface Numbers {

        String number(String name);
    }

    /** Its implementation. */
    public static class NumbersBean implements Numbers {

        @Override
        public String number(String name) {
            return answer(name);
        }
    }
}

package dev.larder.annotations;

/**
 * Says how the annotations are obeyed in a container, which has set the cache manager and the instances before: a bean of this type in CDI or Spring, an argument of the module in Guice.
 */
@FunctionalInterface
public interface CacheAnnotationsCustomizer {

    /** Changes what is to be built. */
    void customize(CacheAnnotations.Builder builder);
}

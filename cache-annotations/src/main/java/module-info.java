/**
 * The annotations of JSR-107, for caches of any JCache provider. What is static is there for those only who use it.
 *
 * <p>The extensions of CDI are named for the class path alone, in {@code META-INF/services}: a module that provides a service is not resolved where the service's own module is
 * absent, and nobody could use the other adapters without CDI. {@link dev.larder.annotations.cdi.CacheAnnotationsExtension} can be added by hand.
 *
 * <p>{@code cache.api} is a module by the name of its jar only; whoever requires this one need not know.
 */
module dev.larder.annotations {
    requires transitive cache.api;
    requires static com.google.guice;
    requires static dev.larder.jcache;
    requires static jakarta.annotation;
    requires static jakarta.cdi;
    requires static jakarta.inject;
    requires static jakarta.interceptor;
    requires static org.jspecify;
    requires static spring.aop;
    requires static spring.beans;
    requires static spring.context;
    requires static spring.core;

    exports dev.larder.annotations;
    exports dev.larder.annotations.cdi;
    exports dev.larder.annotations.extra;
    exports dev.larder.annotations.guice;
    exports dev.larder.annotations.key;
    exports dev.larder.annotations.spi;
    exports dev.larder.annotations.spring;

    // the containers make what is in these
    opens dev.larder.annotations.cdi;
    opens dev.larder.annotations.spring;
}

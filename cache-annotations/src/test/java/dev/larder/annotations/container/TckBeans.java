package dev.larder.annotations.container;

import javax.cache.annotation.BeanProvider;
import manager.BlogManager;
import manager.CacheNameOnEachMethodBlogManagerImpl;
import manager.ClassLevelCacheConfigBlogManagerImpl;
import manager.UsingDefaultCacheNameBlogManagerImpl;

/** Hands the TCK its beans. */
public final class TckBeans implements BeanProvider {

    private static final Container CONTAINER = Container.start(
            builder -> {},
            CacheNameOnEachMethodBlogManagerImpl.class,
            ClassLevelCacheConfigBlogManagerImpl.class,
            UsingDefaultCacheNameBlogManagerImpl.class);

    @Override
    @SuppressWarnings("unchecked") // the TCK only calls the methods of the interface
    public <T> T getBeanByType(Class<T> beanClass) {
        return (T) CONTAINER.get(BlogManager.class, beanClass.asSubclass(BlogManager.class));
    }
}

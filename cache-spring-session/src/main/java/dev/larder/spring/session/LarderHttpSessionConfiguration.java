package dev.larder.spring.session;

import dev.larder.patterns.session.AttributeCodec;
import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.SessionStoreBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportAware;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.IndexResolver;
import org.springframework.session.PrincipalNameIndexResolver;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.annotation.web.http.SpringHttpSessionConfiguration;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

/** The beans of {@link EnableLarderHttpSession}. */
@Configuration(proxyBeanMethods = false)
public class LarderHttpSessionConfiguration extends SpringHttpSessionConfiguration
        implements ImportAware, EmbeddedValueResolverAware, BeanClassLoaderAware {

    private LarderSessionSettings annotated = LarderSessionSettings.defaults();
    private @Nullable StringValueResolver placeholders;
    private @Nullable ClassLoader classLoader = ClassUtils.getDefaultClassLoader();

    /** The sessions. */
    @Bean
    public LarderSessionRepository sessionRepository(
            ObjectProvider<LarderSessionSettings> settings,
            ObjectProvider<CacheManager> cacheManager,
            ObjectProvider<AttributeCodec> codec,
            ObjectProvider<SessionStoreCustomizer> customizers,
            ObjectProvider<IndexResolver<Session>> indexResolver,
            ApplicationEventPublisher events) {
        LarderSessionSettings chosen = settings.getIfAvailable(() -> annotated);
        CacheManager caches = cacheManager.getIfUnique(() -> DefaultCacheManager.of(classLoader));
        SessionStoreBuilder store = SessionStore.in(caches, chosen.cacheName())
                .codec(codec.getIfUnique(() -> SpringAttributes.serialized(classLoader, chosen.allowedTypes())))
                .detectInPlaceChanges(chosen.saveMode() == SaveMode.ON_GET_ATTRIBUTE);
        chosen.store().customize(store);
        customizers.orderedStream().forEach(customizer -> customizer.customize(store));
        return LarderSessionRepository.builder(store)
                .indexes(indexResolver.getIfUnique(PrincipalNameIndexResolver::new), indexNames(chosen))
                .flushMode(chosen.flushMode())
                .events(events)
                .build();
    }

    private static String[] indexNames(LarderSessionSettings settings) {
        return Stream.concat(
                        Stream.of(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME),
                        settings.indexNames().stream())
                .distinct()
                .toArray(String[]::new);
    }

    /** Spring's filter, which takes no handles of sessions from clients, and renews their ids. */
    @Bean
    @Override
    public <S extends Session> SessionRepositoryFilter<? extends Session> springSessionRepositoryFilter(
            SessionRepository<S> sessionRepository) {
        if (sessionRepository instanceof LarderSessionRepository larder) {
            ClientSessions clients = new ClientSessions(larder);
            return new ClientSessionFilter(clients, super.springSessionRepositoryFilter(clients));
        }
        return super.springSessionRepositoryFilter(sessionRepository);
    }

    @Override
    public void setImportMetadata(AnnotationMetadata importMetadata) {
        AnnotationAttributes attributes = AnnotationAttributes.fromMap(
                importMetadata.getAnnotationAttributes(EnableLarderHttpSession.class.getName()));
        if (attributes != null) {
            Duration timeout = Duration.ofSeconds(attributes.<Integer>getNumber("maxInactiveIntervalInSeconds"));
            annotated = new LarderSessionSettings(
                    resolved(attributes.getString("cacheName")),
                    attributes.getEnum("flushMode"),
                    attributes.getEnum("saveMode"),
                    List.of(attributes.getStringArray("allowedTypes")),
                    List.of(),
                    store -> store.idleTimeout(timeout));
        }
    }

    private String resolved(String text) {
        return placeholders == null ? text : Objects.requireNonNull(placeholders.resolveStringValue(text), text);
    }

    @Override
    public void setEmbeddedValueResolver(StringValueResolver resolver) {
        this.placeholders = resolver;
    }

    @Override
    public void setBeanClassLoader(ClassLoader newClassLoader) {
        this.classLoader = newClassLoader;
    }
}

package dev.larder.annotations.spring;

import java.util.Map;
import java.util.Objects;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/** Adds the advisor, and what makes Spring look for advisors. */
class CacheAnnotationsRegistrar implements ImportBeanDefinitionRegistrar {

    @Override
    public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
        Map<String, Object> attributes = Objects.requireNonNull(
                metadata.getAnnotationAttributes(EnableCacheAnnotations.class.getName()), "attributes");
        boolean bySubclass = Boolean.TRUE.equals(attributes.get("proxyTargetClass"));
        AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
        if (bySubclass) {
            AopConfigUtils.forceAutoProxyCreatorToUseClassProxying(registry);
        }
        RootBeanDefinition advisor = new RootBeanDefinition(CacheAnnotationsAdvisor.class);
        advisor.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
        advisor.getPropertyValues().add("order", attributes.get("order")).add("bySubclass", bySubclass);
        registry.registerBeanDefinition(CacheAnnotationsAdvisor.class.getName(), advisor);
    }
}

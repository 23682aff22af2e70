import type { IForbiddenRuleType } from 'dependency-cruiser';

export declare const law: {
  readonly forbidden: (IForbiddenRuleType & { name: string; comment: string })[];
  readonly acyclicFolders: {
    readonly name: string;
    readonly comment: string;
    readonly below: readonly string[];
    readonly pathNot: string;
  };
  readonly options: {
    parser: 'swc';
    tsPreCompilationDeps: true;
    doNotFollow: { path: string };
    exclude: { path: string };
    enhancedResolveOptions: {
      extensions: string[];
      exportsFields: string[];
      conditionNames: string[];
    };
  };
};

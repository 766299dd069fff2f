// Makes the OpenCV that browser workers load: the package's, but without code made from text, which our CSP forbids.
// Emscripten's bindings write a function for every signature and evaluate it; the two places are replaced by closures
// that do the same, as Emscripten itself has them when built with DYNAMIC_EXECUTION=0.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const OUT = 'workers/adapters/opencv.built.js'

const REPLACEMENTS = [
  {
    from: 'let[args,invokerFnBody]=createJsInvoker(argTypes,isClassMethodFunc,returns,isAsync);args.push(invokerFnBody);var invokerFn=newFunc(Function,args)(...closureArgs);',
    to: `var invokerFn=function(...given){
      var destructors=needsDestructorStack?[]:null;
      var wired=isClassMethodFunc?[argTypes[1].toWireType(destructors,this)]:[];
      for(var i=0;i<argCount-2;++i)wired.push(argTypes[i+2].toWireType(destructors,given[i]));
      var rv=cppInvokerFunc(cppTargetFunc,...wired);
      if(needsDestructorStack)runDestructors(destructors);
      else for(var i=isClassMethodFunc?1:2;i<argCount;++i){
        if(argTypes[i].destructorFunction!==null)argTypes[i].destructorFunction(wired[isClassMethodFunc?i-1:i-2]);
      }
      if(returns)return argTypes[0].fromWireType(rv);
    };`,
  },
  {
    from: 'var invokerFunction=newFunc(Function,params)(...args);',
    to: `var invokerFunction=(obj,func,destructorsRef,at)=>{
      var given=[];
      for(var i=0,offset=0;i<argCount;offset+=types[i].argPackAdvance,++i)given.push(types[i].readValueFromPointer(at+offset));
      var rv=kind===1?reflectConstruct(func,given):func.call(...(kind===0?[obj]:[]),...given);
      if(!retType.isVoid)return emval_returnValue(retType,destructorsRef,rv);
    };`,
  },
]

export function buildOpenCv(out = OUT) {
  const main = createRequire(import.meta.url).resolve('@opencvjs/web')
  let source = readFileSync(join(dirname(main), 'opencv_js.js'), 'utf8')
  for (const { from, to } of REPLACEMENTS) {
    if (source.split(from).length !== 2) throw new Error(`@opencvjs/web is not as expected: no single "${from}"`)
    source = source.replace(from, () => to)
  }
  writeFileSync(out, source)
}
